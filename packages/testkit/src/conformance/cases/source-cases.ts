import assert from 'node:assert/strict';
import { ArchiveError } from '@spotdraft-archive/core/destination';
import { misstatedDocument, stoppingDocument } from '../broken-document.ts';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import type { DestinationHarness } from '../destination-harness.ts';
import { assertNothingStored, assertSingleCopy } from '../observe-store.ts';
import { archiveErrorOf, rejectionOf } from '../rejection.ts';
import { largeSize, type SampleDocument, sampleDocument } from '../sample-document.ts';

const sizes = ['small', 'large'] as const;

/** The document's bytes are not what it declares. */
export const sourceCases: readonly DestinationCase[] = sizes.flatMap((kind) => [
  {
    title: `a ${kind} source that fails ends the put with its own error, shows nothing, and can be repeated`,
    async run(harness) {
      const brokenSource = new Error('the source broke');
      const document = sourceOf(kind, harness);
      const broken = stoppingDocument(document, {
        afterBytes: Math.ceil(document.size / 2),
        stop: () => {
          throw brokenSource;
        },
      });
      await putWrongThenRight(harness, { document, wrong: broken }, async (put) => {
        const error = await rejectionOf(put);
        assert.ok(causesOf(error).includes(brokenSource), `The source's own error is lost: ${String(error)}`);
        if (ArchiveError.isInstance(error)) assert.notEqual(error.recovery, 'never');
      });
    },
  },
  ...([1_000, -1_000] as const).map<DestinationCase>((missingBytes) => ({
    title: `a ${kind} source that is ${missingBytes > 0 ? 'shorter' : 'longer'} than declared is an integrity error, shows nothing, and can be repeated`,
    async run(harness) {
      const document = sourceOf(kind, harness);
      await putWrongThenRight(harness, { document, wrong: misstatedDocument(document, missingBytes) }, async (put) => {
        assert.equal((await archiveErrorOf(put)).code, 'integrity.checksum_mismatch');
      });
    },
  })),
]);

function sourceOf(kind: 'small' | 'large', harness: DestinationHarness): SampleDocument {
  return sampleDocument(harness.destination, { size: kind === 'large' ? largeSize(harness) : 200_000 });
}

interface Sources {
  readonly document: SampleDocument;
  readonly wrong: SampleDocument;
}

async function putWrongThenRight(
  harness: DestinationHarness,
  { document, wrong }: Sources,
  expectFailure: (put: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const keeper = keepCheckpoint();
  await expectFailure(harness.destination.put(wrong, keeper.options()));
  await assertNothingStored(harness, document);
  await harness.destination.put(document, keeper.options());
  await assertSingleCopy(harness, document);
}

function causesOf(error: unknown): unknown[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}
