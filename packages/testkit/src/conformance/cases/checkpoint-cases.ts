import assert from 'node:assert/strict';
import { stoppingDocument } from '../broken-document.ts';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import type { DestinationHarness } from '../destination-harness.ts';
import { assertNothingStored, assertSingleCopy } from '../observe-store.ts';
import { rejectionOf } from '../rejection.ts';
import { hook, resumableUploads, savesCheckpoints } from '../requirements.ts';
import { largeSize, type SampleDocument, sampleDocument } from '../sample-document.ts';

/** Going on where an earlier attempt stopped. */
export const checkpointCases: readonly DestinationCase[] = [
  {
    title: 'an upload that was cut goes on from its checkpoint, in another process, without reading all again',
    needs: [resumableUploads],
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: largeSize(harness) });
      const { keeper, next } = await cutUpload(harness, document);
      const reopened = document.openedAt.length;
      await next.put(document, keeper.options());
      const offsets = document.openedAt.slice(reopened);
      assert.ok(offsets.length > 0 && Math.min(...offsets) > 0, `The bytes were read again from ${Math.min(...offsets)}.`);
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'a checkpoint of other bytes is never mixed into the new ones',
    needs: [resumableUploads],
    async run(harness) {
      const size = largeSize(harness);
      const earlier = sampleDocument(harness.destination, { size });
      const { keeper, next } = await cutUpload(harness, earlier);
      const document = sampleDocument(harness.destination, { key: earlier.key, path: earlier.path, size });
      await next.put(document, keeper.options());
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'an upload session that has expired does not stand in the way',
    needs: [resumableUploads, hook('expireUploads')],
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: largeSize(harness) });
      const { keeper, next } = await cutUpload(harness, document);
      await harness.expireUploads?.();
      // The store may tell only in the middle of an attempt, so one more is allowed.
      await next.put(document, keeper.options()).catch(() => next.put(document, keeper.options()));
      await assertSingleCopy(harness, document);
    },
  },
  {
    title: 'an upload ends with the error of saveCheckpoint when saving fails, and nothing is stored',
    needs: [savesCheckpoints],
    async run(harness) {
      const document = sampleDocument(harness.destination, { size: largeSize(harness) });
      const leaseLost = new Error('lease lost');
      const put = harness.destination.put(document, { saveCheckpoint: () => Promise.reject(leaseLost) });
      assert.equal(await rejectionOf(put), leaseLost);
      await assertNothingStored(harness, document);
    },
  },
];

/** Lets the source of a first attempt fail at about two thirds of the document. */
async function cutUpload(harness: DestinationHarness, document: SampleDocument) {
  const keeper = keepCheckpoint();
  const brokenSource = new Error('the source broke');
  const broken = stoppingDocument(document, {
    afterBytes: Math.ceil((document.size * 2) / 3),
    stop: () => {
      throw brokenSource;
    },
  });
  await rejectionOf(harness.destination.put(broken, keeper.options()));
  assert.notEqual(keeper.latest, undefined, 'Nothing was saved before the upload was cut.');
  return { keeper, next: (await harness.second?.()) ?? harness.destination };
}
