import assert from 'node:assert/strict';
import { ArchiveError } from '@spotdraft-archive/core/destination';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import { assertHolds, assertNothingStored, assertPath, assertSingleCopy, findStored, queryFor } from '../observe-store.ts';
import { assertUsefulError } from '../rejection.ts';
import { createsByPath, searchableKeys } from '../requirements.ts';
import { largeSize, sampleDocument } from '../sample-document.ts';

/** Storing a document, and storing it again. */
export const putCases: readonly DestinationCase[] = [
  {
    title: 'put answers with id, size, hash, key and properties of the stored copy',
    async run({ destination }) {
      const document = sampleDocument(destination);
      const { copy, outcome } = await destination.put(document);
      assert.equal(outcome, 'stored');
      assert.ok(copy.id);
      assert.equal(copy.key, document.key);
      assert.equal(copy.size, document.size);
      assert.equal(copy.hash ?? (await destination.stat(copy.id))?.hash, document.hash);
      assertPath(copy.path, document.path);
      const described = await destination.stat(copy.id);
      assert.deepEqual({ ...described?.properties, ...document.properties }, { ...described?.properties }, 'Properties were lost.');
    },
  },
  {
    title: 'a stored copy is found by its key, described by its id and read back byte for byte',
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      const found = await findStored(harness, queryFor(document, destination));
      assert.equal(found.id, copy.id);
      await assertHolds(destination, found, document);
    },
  },
  {
    title: 'the reported hash is that of the bytes which arrived, not of those which were promised',
    async run(harness) {
      const { destination } = harness;
      const promised = sampleDocument(destination);
      const others = sampleDocument(destination, { size: promised.size });
      const document = { ...promised, open: (offset?: number) => others.open(offset) };
      try {
        const { copy } = await destination.put(document);
        const hash = copy.hash ?? (await destination.stat(copy.id))?.hash;
        assert.notEqual(hash, promised.hash, 'The reported hash is an echo of the request.');
      } catch (error) {
        if (!ArchiveError.isInstance(error)) throw error;
        assertUsefulError(error);
        await assertNothingStored(harness, document);
      }
    },
  },
  ...(['small', 'large'] as const).map<DestinationCase>((kind) => ({
    title: `putting a ${kind} document again with what the first attempt saved adopts the copy`,
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination, kind === 'large' ? { size: largeSize(harness) } : {});
      const keeper = keepCheckpoint();
      const first = await destination.put(document, keeper.options());
      const again = await ((await harness.second?.()) ?? destination).put(document, keeper.options());
      assert.equal(again.outcome, 'adopted');
      assert.equal(again.copy.id, first.copy.id);
      assert.equal(again.copy.key, document.key);
      await assertSingleCopy(harness, document);
    },
  })),
  {
    title: 'putting a document again adopts the copy, though nobody remembers the first attempt',
    needs: [createsByPath],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const first = await destination.put(document);
      const again = await ((await harness.second?.()) ?? destination).put(document);
      assert.equal(again.outcome, 'adopted');
      assert.equal(again.copy.id, first.copy.id);
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'told that the key may exist, put looks for it and adopts the copy',
    needs: [searchableKeys],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const first = await destination.put(document, { mayExist: true });
      await findStored(harness, queryFor(document, destination));
      const again = await ((await harness.second?.()) ?? destination).put(document, { mayExist: true });
      assert.equal(again.outcome, 'adopted');
      assert.equal(again.copy.id, first.copy.id);
      await assertSingleCopy(harness, document);
    },
  },
];
