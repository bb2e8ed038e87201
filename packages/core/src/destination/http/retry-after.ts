/**
 * Reads the header `Retry-After`, seconds or a date, as milliseconds from `now`; `undefined` when there is none that makes sense.
 *
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000);
  // Date.parse takes nearly anything, -5 included; an HTTP date begins with the day of the week.
  const date = /^[A-Z][a-z]+,? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

export interface NearLimitOptions {
  /** The pause begins when no more than this is left. */
  readonly keepFree: number;
}

/**
 * Makes a `readPause` that holds the adapter's requests until `RateLimit-Reset` (seconds) when `RateLimit-Remaining` runs low.
 *
 * @example
 * createDestinationRequester({ ..., readPause: pauseNearLimit({ keepFree: 20 }) });
 */
export function pauseNearLimit({ keepFree }: NearLimitOptions): (answer: { readonly headers: Headers }) => number | undefined {
  return ({ headers }) => {
    const remaining = headers.get('ratelimit-remaining');
    const reset = headers.get('ratelimit-reset');
    if (remaining === null || reset === null || !(Number(remaining) <= keepFree)) return undefined;
    const resetMs = Number(reset) * 1000;
    return resetMs > 0 ? resetMs : undefined;
  };
}
