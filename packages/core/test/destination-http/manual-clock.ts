import type { Clock } from '../../src/destination/http/clock.ts';

export interface ManualClock extends Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[];
  advance(milliseconds: number): void;
}

/** A clock on which waiting takes no time: it jumps ahead instead. Chance always gives its upper end. */
export function createManualClock(startMs = 1_700_000_000_000): ManualClock {
  let now = startMs;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    random: () => 1,
    advance(milliseconds) {
      now += milliseconds;
    },
    async wait(milliseconds, { signal } = {}) {
      signal?.throwIfAborted();
      waits.push(milliseconds);
      now += milliseconds;
    },
  };
}
