export interface DeadlineOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Ends a request that has gone silent, and passes the caller's abort on to it. */
export interface Deadline {
  readonly signal: AbortSignal;
  readonly hasPassed: boolean;
  /** A sign of life: the time counts from now. */
  readonly extend: () => void;
  /** Nobody is waiting for the store: the time does not count until `extend`. */
  readonly pause: () => void;
  /** Lets go of timer and listener. */
  readonly end: () => void;
  /** Breaks the request off, if it still runs, and ends the deadline. */
  readonly abandon: () => void;
}

export function startDeadline({ timeoutMs, signal }: DeadlineOptions): Deadline {
  const controller = new AbortController();
  let hasPassed = false;
  let timer: NodeJS.Timeout | undefined;

  const onAbort = () => controller.abort(signal?.reason);
  const onTimeout = () => {
    hasPassed = true;
    controller.abort();
  };
  const pause = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const extend = () => {
    if (timer === undefined) timer = setTimeout(onTimeout, timeoutMs);
    else timer.refresh();
  };
  const end = () => {
    pause();
    signal?.removeEventListener('abort', onAbort);
  };

  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  extend();
  return {
    signal: controller.signal,
    get hasPassed() {
      return hasPassed;
    },
    extend,
    pause,
    end,
    abandon() {
      end();
      controller.abort();
    },
  };
}
