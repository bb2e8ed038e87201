import assert from 'node:assert/strict';
import { stoppingDocument } from '../broken-document.ts';
import { keepCheckpoint } from '../checkpoint-keeper.ts';
import type { DestinationCase } from '../destination-case.ts';
import { assertNothingStored, assertSingleCopy } from '../observe-store.ts';
import { rejectionOf } from '../rejection.ts';
import { largeSize, sampleDocument } from '../sample-document.ts';

/** Giving up. A reason need not be an error; it comes back as the very same object. */
export const abortCases: readonly DestinationCase[] = [
  {
    title: 'every method rejects with the reason of a signal that was aborted before',
    async run(harness) {
      const { destination } = harness;
      const stored = sampleDocument(destination);
      const { copy } = await destination.put(stored);
      const reason = { why: 'given up before' };
      const signal = AbortSignal.abort(reason);
      const document = sampleDocument(destination);
      const calls = {
        check: () => destination.check({ signal }),
        put: () => destination.put(document, { signal }),
        find: () => destination.find({ key: stored.key, path: stored.path }, { signal }),
        stat: () => destination.stat(copy.id, { signal }),
        open: () => destination.open(copy.id, { signal }),
      };
      for (const [name, call] of Object.entries(calls)) {
        assert.equal(await rejectionOf(call()), reason, `${name} does not reject with the signal's reason.`);
      }
      await assertNothingStored(harness, document);
    },
  },
  ...(['small', 'large'] as const).map<DestinationCase>((kind) => ({
    title: `a ${kind} put that is aborted half-way rejects at once with the reason, shows nothing, and can be repeated`,
    async run(harness) {
      const { destination } = harness;
      const document = sampleDocument(destination, { size: kind === 'large' ? largeSize(harness) : 200_000 });
      const controller = new AbortController();
      const reason = { why: 'given up half-way' };
      const stalled = stoppingDocument(document, {
        afterBytes: Math.ceil(document.size / 2),
        stop: () => {
          controller.abort(reason);
          return new Promise(() => {});
        },
      });
      const keeper = keepCheckpoint();
      const put = destination.put(stalled, { ...keeper.options(), signal: controller.signal });
      assert.equal(await rejectionOf(put), reason);
      await assertNothingStored(harness, document);
      await destination.put(document, keeper.options());
      await assertSingleCopy(harness, document);
    },
  })),
  {
    title: 'reading a copy stops with the reason when it is aborted',
    async run({ destination }) {
      const document = sampleDocument(destination, { size: 4 * 2 ** 20 });
      const { copy } = await destination.put(document);
      const controller = new AbortController();
      const stream = await destination.open(copy.id, { signal: controller.signal });
      const reader = stream.getReader();
      await reader.read();
      const reason = { why: 'given up while reading' };
      controller.abort(reason);
      const readOn = async () => {
        for (;;) if ((await reader.read()).done) return;
      };
      assert.equal(await rejectionOf(readOn()), reason);
    },
  },
];
