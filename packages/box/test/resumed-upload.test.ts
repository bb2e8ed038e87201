import type { Checkpoint } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoxHarness, boxHarness, destinationOn } from './box-harness.ts';

const partBytes = 65_536;

let harness: BoxHarness;
beforeEach(async () => {
  harness = await boxHarness();
});
afterEach(() => harness.cleanup?.());

/** The same document, whose reading fails after that many bytes. */
function breakingAfter(document: ReturnType<typeof sampleDocument>, bytes: number, onBreak: () => void): typeof document {
  return {
    ...document,
    open: (offset) => {
      const source = document.open(offset).getReader();
      let left = bytes;
      return new ReadableStream({
        async pull(controller) {
          if (left === 0) {
            onBreak();
            throw new Error('the source broke');
          }
          const { value = new Uint8Array() } = await source.read();
          controller.enqueue(value.subarray(0, left));
          left = Math.max(0, left - value.byteLength);
        },
      });
    },
  };
}

/** Where the parts begin that were sent since a mark. */
function partsSince(since: string): number[] {
  const sent = harness.emulator.requests.list({ since, method: 'PUT', origin: 'upload' });
  return sent.map(({ headers }) => Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]));
}

/** A first attempt whose parts are held back until it has met its failure, and a second one. */
async function cutAndResume(cut: (document: ReturnType<typeof sampleDocument>, fail: () => void) => ReturnType<typeof sampleDocument>) {
  let fail: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => {
    fail = resolve;
  });
  const heldBack: typeof fetch = async (input, init) => {
    if (init?.method !== 'PUT') return fetch(input, init);
    if (!new Headers(init.headers).get('content-range')?.startsWith(`bytes ${partBytes}-`)) await failed;
    const response = await fetch(input, init);
    if (response.status === 503) fail();
    return response;
  };
  let checkpoint: Checkpoint | undefined;
  const saveCheckpoint = async (saved: Checkpoint) => void (checkpoint = saved);
  const first = destinationOn(harness.emulator, { retry: { maxTries: 1 }, fetch: heldBack });
  const document = sampleDocument(first, { size: 400_000, path: { folders: [], name: 'Agreement.pdf' } });
  const error: unknown = await first
    .put(
      cut(document, () => setImmediate(() => fail())),
      { saveCheckpoint },
    )
    .catch((reason) => reason);
  harness.emulator.requests.mark('resumed');
  const { copy } = await harness.destination.put(document, { checkpoint });
  expect(copy.hash).toBe(document.hash);
  return { error, resumedWith: partsSince('resumed').toSorted((a, b) => a - b), document };
}

describe('an upload session', () => {
  it('keeps every part that was read before its source failed: the next attempt goes on behind them', async () => {
    const { error, resumedWith, document } = await cutAndResume((whole, fail) => breakingAfter(whole, 2.5 * partBytes, fail));
    expect(error).toMatchObject({ message: 'the source broke' });
    expect(resumedWith).toEqual([2, 3, 4, 5, 6].map((part) => part * partBytes));
    expect(document.openedAt.at(-1)).toBe(2 * partBytes);
  });

  it('keeps the parts that travelled beside one that failed: the next attempt sends only what is missing', async () => {
    harness.emulator.faults.inject({ kind: 'status', status: 503, method: 'PUT' });
    const { error, resumedWith } = await cutAndResume((whole) => whole);
    expect(error).toMatchObject({ code: 'destination.unavailable' });
    expect(resumedWith).toEqual([1, 3, 4, 5, 6].map((part) => part * partBytes));
  });
});
