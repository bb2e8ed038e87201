import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { DestinationCase } from '../destination-case.ts';
import { readBack } from '../observe-store.ts';
import { bytesOf, sampleDocument } from '../sample-document.ts';

/** Reading a copy back. */
export const openCases: readonly DestinationCase[] = [
  {
    title: 'open reads from any byte to the end',
    async run({ destination }) {
      const document = sampleDocument(destination, { size: 100_003 });
      const { copy } = await destination.put(document);
      const bytes = bytesOf(document);
      for (const offset of [0, 1, 65_536, document.size - 1]) {
        const rest = bytes.subarray(offset);
        const expected = { size: rest.byteLength, sha256: createHash('sha256').update(rest).digest('hex') };
        assert.deepEqual(await readBack(destination, copy.id, offset), expected, `Reading from byte ${offset} gives other bytes.`);
      }
    },
  },
  {
    title: 'a copy can be opened several times at once, and given up half-way',
    async run({ destination }) {
      const document = sampleDocument(destination, { size: 300_000 });
      const { copy } = await destination.put(document);
      const abandoned = await destination.open(copy.id);
      const reader = abandoned.getReader();
      await reader.read();
      const readers = await Promise.all([readBack(destination, copy.id), readBack(destination, copy.id)]);
      await reader.cancel();
      const expected = { size: document.size, sha256: document.sha256 };
      assert.deepEqual(readers, [expected, expected]);
    },
  },
];
