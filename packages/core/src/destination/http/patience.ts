import type { Clock } from './clock.ts';
import type { RetryOptions } from './requester-types.ts';

/** Decides, after each failure, how long to wait before the next try or whether to give up. */
export interface Patience {
  /** Milliseconds to wait, at least `minimumMs`; `undefined` when there is to be no further try. */
  nextDelayMs(minimumMs: number): number | undefined;
  /** Starts over: something got done. */
  renew(): void;
}

/** Random waits between nothing and a bound that doubles ("full jitter"), within one budget of time that starts at the first failure. */
export function createPatience(retry: RetryOptions, clock: Clock): Patience {
  const { budgetMs = 30_000, maxTries = 8, firstDelayMs = 500, maxDelayMs = 10_000 } = retry;
  let failures = 0;
  let firstFailureAt = 0;
  return {
    nextDelayMs(minimumMs) {
      const now = clock.now();
      if (failures === 0) firstFailureAt = now;
      failures += 1;
      const bound = Math.min(maxDelayMs, firstDelayMs * 2 ** (failures - 1));
      const delayMs = Math.max(minimumMs, Math.ceil(clock.random() * bound));
      return failures < maxTries && now + delayMs <= firstFailureAt + budgetMs ? delayMs : undefined;
    },
    renew() {
      failures = 0;
    },
  };
}
