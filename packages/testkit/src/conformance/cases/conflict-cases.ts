import assert from 'node:assert/strict';
import type { ArchiveError } from '@spotdraft-archive/core/destination';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import { assertHolds, assertSingleCopy, countAt, findStored } from '../observe-store.ts';
import { archiveErrorOf } from '../rejection.ts';
import { duplicatePaths, hook, uniquePaths } from '../requirements.ts';
import { bytesOf, sampleDocument } from '../sample-document.ts';

/** Something lies at the path already. */
export const conflictCases: readonly DestinationCase[] = [
  ...(['other', 'the same'] as const).map<DestinationCase>((bytes) => ({
    title: `a path taken by another key with ${bytes} bytes is a conflict that names the other copy, which stays as it is`,
    needs: [uniquePaths],
    async run(harness) {
      const { destination } = harness;
      const taken = sampleDocument(destination);
      const { copy } = await destination.put(taken);
      const rival = sampleDocument(destination, { path: taken.path, ...(bytes === 'the same' && { seed: taken.seed }) });
      const error = await archiveErrorOf(destination.put(rival));
      assertConflict(error, { existingId: copy.id, existingKey: taken.key, existingHash: taken.hash });
      await assertSingleCopy(harness, taken);
      assert.equal(await destination.find({ key: rival.key, path: rival.path }), undefined, 'The rival was stored all the same.');
    },
  })),
  {
    title: 'the same key with other bytes is a conflict that names the key, and the first copy stays as it is',
    async run(harness) {
      const { destination } = harness;
      const first = sampleDocument(destination);
      const { copy } = await destination.put(first);
      const altered = sampleDocument(destination, { key: first.key, path: first.path, size: first.size });
      await findStored(harness, { key: first.key, path: first.path });
      const error = await archiveErrorOf(destination.put(altered, { mayExist: true }));
      assertConflict(error, { existingId: copy.id, existingKey: first.key, existingHash: first.hash });
      await assertSingleCopy(harness, first);
    },
  },
  {
    title: 'a file without a key that holds the same bytes is adopted and stamped',
    needs: [uniquePaths, hook('writeFile')],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      await harness.writeFile?.(document.path, bytesOf(document));
      const { copy, outcome } = await destination.put(document);
      assert.equal(outcome, 'adopted');
      assert.equal(copy.key, document.key);
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'a file without a key that holds other bytes is a conflict without a key, and stays as it is',
    needs: [uniquePaths, hook('writeFile')],
    async run(harness) {
      const { destination } = harness;
      const foreign = sampleDocument(destination);
      await harness.writeFile?.(foreign.path, bytesOf(foreign));
      const error = await archiveErrorOf(destination.put(sampleDocument(destination, { path: foreign.path })));
      assertConflict(error, { existingHash: foreign.hash });
      assert.equal(error.details.existingKey, undefined);
      // It holds what it held: a put of those very bytes adopts it.
      assert.equal((await destination.put(foreign)).outcome, 'adopted');
      await assertSingleCopy(harness, foreign);
    },
  },
  {
    title: 'the copy that a conflict names can be described by its id',
    needs: [uniquePaths, hook('writeFile')],
    async run({ destination, writeFile }) {
      const foreign = sampleDocument(destination);
      await writeFile?.(foreign.path, bytesOf(foreign));
      const { details } = await archiveErrorOf(destination.put(sampleDocument(destination, { path: foreign.path })));
      const copy = await destination.stat(String(details.existingId));
      assert.equal(copy?.size, foreign.size);
      assert.equal(copy?.hash, foreign.hash);
      assert.equal(copy?.key, undefined);
    },
  },
  {
    title: 'two keys at one path are two copies, each found by its own key',
    needs: [duplicatePaths],
    async run(harness) {
      const { destination } = harness;
      const first = sampleDocument(destination);
      const second = sampleDocument(destination, { path: first.path });
      for (const document of [first, second]) await destination.put(document, keepCheckpoint().options());
      for (const document of [first, second]) {
        const copy = await findStored(harness, { key: document.key, path: document.path });
        await assertHolds(destination, copy, document);
      }
      if (harness.listPaths) assert.equal(await countAt(harness, first.path), 2);
    },
  },
];

interface ConflictDetails {
  readonly existingId?: string;
  readonly existingKey?: string;
  readonly existingHash?: string;
}

function assertConflict({ code, details }: ArchiveError, expected: ConflictDetails): void {
  assert.equal(code, 'destination.conflict');
  assert.ok(typeof details.existingId === 'string', 'The conflict does not name the other file.');
  const { existingId, existingKey, existingHash } = details;
  const actual: Record<string, unknown> = { existingId, existingKey, existingHash };
  for (const [name, value] of Object.entries(expected)) assert.equal(actual[name], value, `details.${name} is not that of the other file.`);
}
