import { Bell } from '../jobs/bell.ts';

export interface Loop {
  /** Does the work at once. */
  readonly ring: () => void;
  /** Interrupts the work, and resolves when it has ended. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  /** Before the first time, in milliseconds. @default 0 */
  readonly firstPauseMs?: number | undefined;
  /** What to wait after the work has failed, in milliseconds. */
  readonly pauseAfterFailureMs: number;
  /** Told why the work failed. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Does something again and again until it is stopped. The work answers how long to wait before the next time, in milliseconds. */
export function startLoop(work: (signal: AbortSignal) => Promise<number>, options: LoopOptions): Loop {
  const { firstPauseMs = 0, pauseAfterFailureMs, onError } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell = new Bell();

  const once = async (): Promise<number> => {
    try {
      return await work(signal);
    } catch (error) {
      if (!signal.aborted) onError?.(error);
      return pauseAfterFailureMs;
    }
  };
  const loop = async (): Promise<void> => {
    let pauseMs = firstPauseMs;
    for (;;) {
      await bell.wait(pauseMs, signal);
      if (signal.aborted) return;
      pauseMs = await once();
    }
  };
  const ended = loop();
  return {
    ring: () => bell.ring(),
    async stop() {
      stopping.abort(new Error('The archive service is stopping.'));
      await ended;
    },
  };
}
