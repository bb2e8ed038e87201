import type { EmulatorClock } from './emulator-clock.ts';

export interface SlidingWindowLimiterOptions {
  /** How many requests one key may make within any window of `windowMs`. */
  readonly limit: number;
  readonly windowMs: number;
  readonly clock: EmulatorClock;
}

/** Counts requests per key (a workspace, a user, a token) in a window that slides with the clock. */
export class SlidingWindowLimiter {
  readonly #options: SlidingWindowLimiterOptions;
  readonly #taken = new Map<string, number[]>();

  constructor(options: SlidingWindowLimiterOptions) {
    this.#options = options;
  }

  /** Takes one place and answers 0, or answers how many milliseconds remain until there is one. A refused request takes none. */
  take(key = ''): number {
    const { limit, windowMs, clock } = this.#options;
    const now = clock.now();
    const recent = (this.#taken.get(key) ?? []).filter((takenAt) => takenAt > now - windowMs);
    this.#taken.set(key, recent);
    const oldest = recent[recent.length - limit];
    if (oldest !== undefined) return oldest + windowMs - now;
    recent.push(now);
    return 0;
  }
}
