import assert from 'node:assert/strict';
import { ArchiveError, type Checkpoint } from '@spotdraft-archive/core/destination';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import type { DestinationHarness, InterruptionKind } from '../destination-harness.ts';
import { assertSingleCopy, findStored, queryFor } from '../observe-store.ts';
import { assertUsefulError, printed } from '../rejection.ts';
import { hook, resumableUploads } from '../requirements.ts';
import { largeSize, sampleDocument } from '../sample-document.ts';

const kinds: Readonly<Record<InterruptionKind, string>> = {
  refused: 'is refused',
  cutRequest: 'breaks off',
  loseReply: 'loses its reply',
};

/** Every request of a call fails in turn. */
export const interruptionCases: readonly DestinationCase[] = [
  ...(['small', 'large'] as const).flatMap((size) =>
    (Object.keys(kinds) as InterruptionKind[]).map<DestinationCase>((kind) => ({
      title: `whichever request of a ${size} put ${kinds[kind]}, one more attempt ends with one whole copy`,
      needs: [hook('interrupt'), ...(size === 'large' ? [resumableUploads] : [])],
      run: (harness) => interruptEachRequest(harness, kind, size === 'large' ? largeSize(harness) : undefined),
    })),
  ),
  {
    title: 'a look-up that failed is an error, never an absence',
    needs: [hook('interrupt')],
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination);
      const { copy } = await destination.put(document);
      await findStored(harness, queryFor(document, destination));
      const lookUps = [() => destination.find(queryFor(document, destination)), () => destination.stat(copy.id)];
      for (const lookUp of lookUps) {
        await forEachRequest(harness, 'refused', async () => {
          const [found] = await Promise.allSettled([lookUp()]);
          if (found.status === 'rejected') assertTransient(found.reason);
          else assert.equal(found.value?.id, copy.id, 'A failed look-up says that the copy is absent.');
        });
      }
    },
  },
];

async function interruptEachRequest(harness: DestinationHarness, kind: InterruptionKind, size: number | undefined): Promise<void> {
  await forEachRequest(harness, kind, async (endInterruption) => {
    const document = sampleDocument(harness.destination, { size });
    const keeper = keepCheckpoint();
    const [first] = await Promise.allSettled([harness.destination.put(document, keeper.options())]);
    endInterruption();
    if (first.status === 'rejected') {
      assertTransient(first.reason);
      assertKeepsSecret(first.reason, keeper.latest);
    }
    const next = (await harness.second?.()) ?? harness.destination;
    await next.put(document, keeper.options());
    await assertSingleCopy(harness, document);
  });
}

/** Runs an action again and again, and interrupts its first request, then its second, until it makes no more. */
async function forEachRequest(
  { interrupt }: DestinationHarness,
  kind: InterruptionKind,
  action: (endInterruption: () => void) => Promise<void>,
): Promise<void> {
  assert.ok(interrupt);
  for (let nth = 1; ; nth += 1) {
    assert.ok(nth < 1_000, 'The call makes a thousand requests.');
    const interruption = interrupt(kind, nth);
    await action(() => interruption.remove());
    interruption.remove();
    if (interruption.fired === 0) {
      assert.ok(nth > 1, 'The call makes no request that could be interrupted.');
      return;
    }
  }
}

function assertTransient(error: unknown): void {
  assert.ok(ArchiveError.isInstance(error), `Rejects with something that is no ArchiveError: ${String(error)}`);
  assertUsefulError(error);
  assert.equal(error.recovery, 'retry', `${error.code} says "${error.recovery}", though another attempt would do.`);
}

/** The address of an upload session is as good as a password. */
function assertKeepsSecret(error: unknown, checkpoint: Checkpoint | undefined): void {
  const shown = printed(error);
  for (const [address] of JSON.stringify(checkpoint ?? null).matchAll(/https?:[^"]+/g)) {
    assert.ok(!shown.includes(address), 'An error tells the address of an upload session.');
  }
}
