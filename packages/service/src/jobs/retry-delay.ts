export interface RetryDelayOptions {
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
  /** What the other side asked for. */
  readonly retryAfterMs?: number | undefined;
  /** From 0 up to 1. @default Math.random */
  readonly random?: (() => number) | undefined;
}

/**
 * How long to wait after a failed attempt, in milliseconds: doubling from attempt to attempt, between half and the whole of that so that jobs
 * which failed together do not come back together, and never less than the other side asked for.
 */
export function retryDelay(attempts: number, options: RetryDelayOptions): number {
  const { firstDelayMs, maxDelayMs, retryAfterMs = 0, random = Math.random } = options;
  const longest = Math.min(firstDelayMs * 2 ** (attempts - 1), maxDelayMs);
  return Math.max(Math.round(longest * (0.5 + random() / 2)), retryAfterMs);
}
