import assert from 'node:assert/strict';
import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import { largeSize, sampleDocument } from '../sample-document.ts';

/** What can be seen of a put while it runs. */
export const progressCases: readonly DestinationCase[] = [
  ...(['small', 'large'] as const).map<DestinationCase>((kind) => ({
    title: `the progress of a ${kind} put only grows, and ends at the size`,
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination, { size: kind === 'large' ? largeSize(harness) : 200_000 });
      const reports: number[] = [];
      await destination.put(document, { ...keepCheckpoint().options(), onProgress: ({ bytes }) => reports.push(bytes) });
      assert.deepEqual(
        reports,
        reports.toSorted((a, b) => a - b),
        'Progress went backwards.',
      );
      assert.equal(reports.at(-1), document.size, 'The last report is not the size.');
    },
  })),
  {
    title: 'a large document is read no further ahead than the store takes it, so memory does not grow with the size',
    async run(harness) {
      const { destination, maxReadAheadBytes = 16 * 2 ** 20 } = harness;
      const size = Math.max(largeSize(harness), 2 * maxReadAheadBytes);
      const document = sampleDocument(destination, { size });
      let taken = 0;
      let furthest = 0;
      const watched = watchReads(document, (position) => {
        furthest = Math.max(furthest, position - taken);
      });
      await destination.put(watched, {
        ...keepCheckpoint().options(),
        onProgress({ bytes }) {
          taken = bytes;
        },
      });
      assert.ok(furthest <= maxReadAheadBytes, `${furthest} of ${size} bytes were read before the store had taken them.`);
    },
  },
];

/** The same document; tells after each chunk how far it has been read. */
function watchReads(document: DocumentToStore, onRead: (position: number) => void): DocumentToStore {
  return {
    ...document,
    open(offset = 0) {
      let position = offset;
      const reader = document.open(offset).getReader();
      return new ReadableStream(
        {
          async pull(controller) {
            const { done, value } = await reader.read();
            if (done) return controller.close();
            position += value.byteLength;
            onRead(position);
            controller.enqueue(value);
          },
          cancel: (reason) => reader.cancel(reason),
        },
        { highWaterMark: 0 },
      );
    },
  };
}
