import assert from 'node:assert/strict';
import type { DestinationCase } from '../destination-case.ts';
import { assertHolds, assertNothingStored, assertPath, assertSingleCopy, findStored, queryFor } from '../observe-store.ts';
import { archiveErrorOf } from '../rejection.ts';
import { createsById, hook, keysByPathOnly, searchableKeys } from '../requirements.ts';
import { bytesOf, sampleDocument, sampleKey, samplePath } from '../sample-document.ts';

/** Looking for copies, and not finding what is not there. */
export const findCases: readonly DestinationCase[] = [
  {
    title: 'a copy is found by its key alone',
    needs: [searchableKeys],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      await destination.put(document);
      await assertHolds(destination, await findStored(harness, { key: document.key }), document);
    },
  },
  {
    title: 'a copy is found by another process',
    needs: [hook('second')],
    async run(harness) {
      const document = sampleDocument(harness.destination);
      const { copy } = await harness.destination.put(document);
      const destination = (await harness.second?.()) ?? harness.destination;
      const found = await findStored({ ...harness, destination }, queryFor(document, destination));
      assert.equal(found.id, copy.id);
    },
  },
  {
    title: 'a key without a path is not looked for where keys cannot be searched',
    needs: [keysByPathOnly],
    async run({ destination }) {
      const error = await archiveErrorOf(destination.find({ key: sampleKey() }));
      assert.equal(error.code, 'destination.unsupported');
    },
  },
  {
    title: 'a key that was never stored is absent, also where its folder does not exist',
    async run(harness) {
      await assertNothingStored(harness, sampleDocument(harness.destination));
    },
  },
  {
    title: 'a copy at the path that carries another key is not an answer',
    async run({ destination }) {
      const document = sampleDocument(destination);
      await destination.put(document);
      assert.equal(await destination.find({ key: sampleKey(), path: document.path }), undefined);
    },
  },
  {
    title: 'a file at the path that carries no key is not an answer',
    needs: [hook('writeFile')],
    async run({ destination, writeFile }) {
      const document = sampleDocument(destination);
      await writeFile?.(document.path, bytesOf(document));
      assert.equal(await destination.find({ key: document.key, path: document.path }), undefined);
    },
  },
  {
    title: 'a path that is out of date does not hide a copy',
    needs: [searchableKeys],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      const found = await findStored(harness, { key: document.key, path: samplePath('Elsewhere.pdf') });
      assert.equal(found.id, copy.id);
    },
  },
  {
    title: 'a copy that was moved keeps its id and is described where it lies now',
    needs: [hook('moveCopy')],
    async run({ destination, moveCopy }) {
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      const elsewhere = samplePath('Moved.pdf');
      await moveCopy?.(copy.id, elsewhere);
      await assertHolds(destination, copy, { ...document, path: elsewhere });
    },
  },
  {
    title: 'a copy that was moved is still found by its key',
    needs: [searchableKeys, hook('moveCopy')],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      const elsewhere = samplePath('Moved.pdf');
      await harness.moveCopy?.(copy.id, elsewhere);
      const found = await findStored(harness, { key: document.key, path: document.path });
      assert.equal(found.id, copy.id);
      if (found.path) assertPath(found.path, elsewhere);
    },
  },
  {
    title: 'the path that a moved copy has left is free for another document',
    needs: [searchableKeys, hook('moveCopy')],
    async run(harness) {
      const { destination } = harness;
      const moved = sampleDocument(destination);
      const { copy } = await destination.put(moved);
      const elsewhere = samplePath('Moved.pdf');
      await harness.moveCopy?.(copy.id, elsewhere);
      const successor = sampleDocument(destination, { path: moved.path });
      assert.equal((await destination.put(successor)).outcome, 'stored');
      await assertSingleCopy(harness, successor);
      await assertSingleCopy(harness, { ...moved, path: elsewhere });
    },
  },
  {
    title: 'twins that attempts without memory made are told, all but the one that is found',
    needs: [createsById, searchableKeys],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const first = await destination.put(document);
      const second = await destination.put(document);
      await harness.settle?.();
      const found = await findStored(harness, { key: document.key, path: document.path });
      assert.deepEqual([found.id, ...(found.twins ?? [])].toSorted(), [first.copy.id, second.copy.id].toSorted());
    },
  },
  {
    title: 'a copy that was removed is absent for find, stat and open',
    needs: [hook('removeCopy')],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      await harness.removeCopy?.(copy.id);
      await assertNothingStored(harness, document);
      assert.equal(await destination.stat(copy.id), undefined);
      const error = await archiveErrorOf(destination.open(copy.id));
      assert.equal(error.code, 'destination.not_found');
    },
  },
  {
    title: 'a document whose copy was removed can be stored again',
    needs: [hook('removeCopy')],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      await harness.removeCopy?.(copy.id);
      assert.equal((await destination.put(document)).outcome, 'stored');
      await assertSingleCopy(harness, document);
    },
  },
];
