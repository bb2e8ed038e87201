/** The time an emulator lives in: rate windows, expiring links and delays all follow it. */
export interface EmulatorClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the time forward and ends every sleep that is over by then. */
  advance(ms: number): void;
  /** Resolves when `ms` have passed on this clock; rejects with the reason of `signal` when it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface EmulatorClockOptions {
  /**
   * Stands still at this moment and moves by `advance` only. Without it the clock follows the machine's time, plus whatever it was advanced by.
   */
  readonly startAt?: Date | undefined;
}

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/** Makes a clock for one or several emulators. */
export function createEmulatorClock(options: EmulatorClockOptions = {}): EmulatorClock {
  const startAt = options.startAt?.getTime();
  const sleepers = new Set<Sleeper>();
  let advancedMs = 0;

  const now = (): number => (startAt ?? Date.now()) + advancedMs;

  return {
    now,
    advance(ms) {
      advancedMs += ms;
      for (const sleeper of sleepers) {
        if (sleeper.until <= now()) sleeper.wake();
      }
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const ended = new AbortController();
      await new Promise<void>((resolve, reject) => {
        const sleeper: Sleeper = { until: now() + ms, wake: resolve };
        const timer = startAt === undefined ? setTimeout(resolve, ms) : undefined;
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => reject(signal.reason), { signal: ended.signal });
        ended.signal.addEventListener('abort', () => {
          clearTimeout(timer);
          sleepers.delete(sleeper);
        });
      }).finally(() => ended.abort());
    },
  };
}
