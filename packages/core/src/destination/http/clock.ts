import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Time and chance, so that tests need neither. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after that many milliseconds; rejects with the reason of `signal` when it is aborted first. */
  wait(milliseconds: number, options?: WaitOptions): Promise<void>;
  /** At least 0, less than 1. */
  random(): number;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async wait(milliseconds, { signal } = {}) {
    try {
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // Node rejects with an AbortError of its own; callers are promised the reason itself.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
