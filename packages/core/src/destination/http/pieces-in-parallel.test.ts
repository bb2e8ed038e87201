import { describe, expect, it } from 'vitest';
import { type Deferred, deferred } from '../../../test/destination-http/deferred.ts';
import { archiveErrorOf, failureOf } from '../../../test/destination-http/failure.ts';
import { letters } from '../../../test/destination-http/letters.ts';
import type { Clock } from './clock.ts';
import { piecesInParallel } from './pieces-in-parallel.ts';
import type { Piece } from './read-pieces.ts';

/** Work that fails or ends piece by piece, when a test says so. */
function handWork() {
  const running = new Map<number, Deferred>();
  return {
    offsets: () => [...running.keys()],
    end: (offset: number) => running.get(offset)?.resolve(),
    fail: (offset: number, error: Error) => running.get(offset)?.reject(error),
    work: async ({ offset }: Piece, signal: AbortSignal) => {
      const end = deferred();
      running.set(offset, end);
      signal.addEventListener('abort', () => end.reject(signal.reason as Error));
      return end.promise;
    },
  };
}

/** A clock whose only wait ends when a test says so, or is called off. */
function graceClock() {
  const over = deferred();
  const waits: number[] = [];
  let isCalledOff = false;
  const clock: Clock = {
    now: () => 0,
    random: () => 0,
    wait: (milliseconds, { signal } = {}) => {
      waits.push(milliseconds);
      signal?.addEventListener('abort', () => {
        isCalledOff = true;
        over.reject(signal.reason as Error);
      });
      return over.promise;
    },
  };
  return { clock, waits, pass: () => over.resolve(), isCalledOff: () => isCalledOff };
}

/** Everything that was begun gets as far as it can. */
const settle = () => new Promise(setImmediate);

describe('piecesInParallel', () => {
  it('works on that many pieces at a time and on each once', async () => {
    let running = 0;
    let most = 0;
    const offsets: number[] = [];
    const progress: number[] = [];
    await piecesInParallel(letters(), {
      onProgress: ({ bytes }) => progress.push(bytes),
      pieceBytes: 4,
      parallel: 3,
      async work({ offset }) {
        offsets.push(offset);
        running += 1;
        most = Math.max(most, running);
        await settle();
        running -= 1;
      },
    });
    expect(offsets).toEqual([0, 4, 8, 12, 16, 20, 24]);
    expect(most).toBe(3);
    expect(progress.at(-1)).toBe(26);
  });

  it('lets the work that runs end when reading fails, and begins none after it', async () => {
    const broken = new Error('the source broke');
    const { work, offsets, end } = handWork();
    const progress: number[] = [];
    const options = { pieceBytes: 4, parallel: 3, work, onProgress: ({ bytes }: { bytes: number }) => progress.push(bytes) };
    const failing = failureOf(piecesInParallel(letters({ given: 10, failure: broken }), options));
    await settle();
    expect(offsets()).toEqual([0, 4]);
    end(4);
    await settle();
    end(0);
    expect(await failing).toBe(broken);
    expect(progress).toEqual([4, 8]);
    expect(offsets()).toEqual([0, 4]);
  });

  it('lets the work that runs end when a piece fails, reads no further, and fails with what came first', async () => {
    const refused = new Error('part refused');
    const { work, offsets, end, fail } = handWork();
    const { clock, waits, isCalledOff } = graceClock();
    const document = letters();
    let isDone = false;
    const failing = failureOf(piecesInParallel(document, { pieceBytes: 4, parallel: 3, work, clock })).finally(() => {
      isDone = true;
    });
    await settle();
    fail(4, refused);
    await settle();
    end(0);
    await settle();
    expect({ isDone, offsets: offsets(), isClosed: document.isClosed }).toEqual({ isDone: false, offsets: [0, 4, 8], isClosed: true });
    fail(8, new Error('another one'));
    expect(await failing).toBe(refused);
    expect(waits).toEqual([30_000]);
    expect(isCalledOff()).toBe(true);
  });

  it('stops the work that runs when it has not ended some time after a piece failed', async () => {
    const refused = new Error('part refused');
    const { work, fail } = handWork();
    const { clock, waits, pass } = graceClock();
    let stopped = 0;
    const counted = async (piece: Piece, signal: AbortSignal) => {
      signal.addEventListener('abort', () => (stopped += 1));
      return work(piece, signal);
    };
    const failing = failureOf(piecesInParallel(letters(), { pieceBytes: 4, parallel: 3, work: counted, clock, graceMs: 5 }));
    await settle();
    fail(4, refused);
    await settle();
    expect(stopped).toBe(0);
    pass();
    expect(await failing).toBe(refused);
    expect({ stopped, waits }).toEqual({ stopped: 3, waits: [5] });
  });

  it.each([
    ['while all is well', () => undefined],
    ['after a piece has failed', (fail: (offset: number, error: Error) => void) => fail(4, new Error('part refused'))],
  ])('stops at once and ends with the reason of an abort %s', async (_when, before) => {
    const controller = new AbortController();
    const { work, fail } = handWork();
    const { clock } = graceClock();
    const { signal } = controller;
    const working = failureOf(piecesInParallel(letters(), { pieceBytes: 4, parallel: 2, work, clock, signal }));
    await settle();
    before(fail);
    await settle();
    controller.abort(new Error('stop'));
    expect(await working).toBe(signal.reason);
  });

  it('does not wait for a source that hangs when a piece fails', async () => {
    const refused = new Error('part refused');
    const { work, offsets, end, fail } = handWork();
    const failing = failureOf(piecesInParallel(letters({ hangsAt: 10 }), { pieceBytes: 4, parallel: 3, work }));
    await settle();
    expect(offsets()).toEqual([0, 4]);
    fail(0, refused);
    end(4);
    expect(await failing).toBe(refused);
  });

  it('ends with the reason of an abort that came before', async () => {
    const signal = AbortSignal.abort(new Error('stop'));
    const { work, offsets } = handWork();
    expect(await failureOf(piecesInParallel(letters(), { pieceBytes: 4, parallel: 2, work, signal }))).toBe(signal.reason);
    expect(offsets()).toEqual([]);
  });

  it('fails when the document is shorter than it says', async () => {
    const error = await archiveErrorOf(
      piecesInParallel(letters({ given: 9 }), { pieceBytes: 4, parallel: 3, work: async () => undefined }),
    );
    expect(error.code).toBe('integrity.checksum_mismatch');
  });
});
