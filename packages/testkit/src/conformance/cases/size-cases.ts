import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import { assertSingleCopy } from '../observe-store.ts';
import { resumableUploads, smallResumeLimit } from '../requirements.ts';
import { largeSize, sampleDocument } from '../sample-document.ts';

/** Sizes at which uploads change their way. */
export const sizeCases: readonly DestinationCase[] = [
  {
    title: 'a document of one byte is stored',
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: 1 });
      await harness.destination.put(document);
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'a large document is stored',
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: largeSize(harness) });
      await harness.destination.put(document, keepCheckpoint().options());
      await assertSingleCopy(harness, document);
    },
  },
  ...([-1, 0, 1] as const).map<DestinationCase>((difference) => ({
    title: `a document of resumableFromBytes ${difference < 0 ? '- 1' : `+ ${difference}`} bytes is stored`,
    needs: [resumableUploads, smallResumeLimit],
    async run(harness) {
      const { destination } = harness;
      const size = Math.max(1, Number(destination.capabilities.resumableFromBytes) + difference);
      const document = sampleDocument(destination, { size });
      await destination.put(document, keepCheckpoint().options());
      await assertSingleCopy(harness, document);
    },
  })),
];
