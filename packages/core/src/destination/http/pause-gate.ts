import type { Clock, WaitOptions } from './clock.ts';

/** Holds back all requests of one adapter while its store wants to be left alone. */
export interface PauseGate {
  /** Closes the gate for that long from now. A longer pause that runs already stays. Gives the milliseconds until it opens. */
  close(milliseconds: number): number;
  /** Milliseconds until the gate opens. */
  remainingMs(): number;
  /** Resolves when the gate is open. */
  pass(options?: WaitOptions): Promise<void>;
}

/** Whatever a store asks for, it is asked again after an hour. */
const longestPauseMs = 3_600_000;

export function createPauseGate(clock: Clock): PauseGate {
  let opensAt = 0;
  const remainingMs = () => Math.max(0, opensAt - clock.now());
  return {
    remainingMs,
    close(milliseconds) {
      opensAt = Math.max(opensAt, clock.now() + Math.min(milliseconds, longestPauseMs));
      return remainingMs();
    },
    async pass(options) {
      // The gate may be closed again while we wait for it.
      for (let waitMs = remainingMs(); waitMs > 0; waitMs = remainingMs()) await clock.wait(waitMs, options);
    },
  };
}
