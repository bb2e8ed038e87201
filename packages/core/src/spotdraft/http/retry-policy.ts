import { isHTTPError, type RetryOptions } from 'ky';
import { readRetryAfter } from '../../destination/http/retry-after.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { hadNoEffect } from './network-error.ts';

/** How failed requests are repeated. */
export interface RetrySettings {
  /** Tries in all, the first included. @default 5 */
  readonly attempts: number;
  /** Wait before the second try, in milliseconds; it doubles from try to try. Every wait is shortened by up to half at random. @default 500 */
  readonly firstDelayMs: number;
  /** Longest wait between two tries, in milliseconds. @default 10_000 */
  readonly maxDelayMs: number;
  /** When SpotDraft asks for a longer wait than this, the request fails at once and tells the wait in `retryAfterMs`. @default 30_000 */
  readonly maxRetryAfterMs: number;
}

const tooManyRequests = 429;
const passingStatuses = [tooManyRequests, ...Array.from({ length: 100 }, (_, index) => 500 + index)];

export interface RetryPolicyOptions extends RetrySettings {
  /** False when a second request could do a second time what the first one did; then only what certainly had no effect is repeated. */
  readonly isRepeatable: boolean;
}

/** Repeats what passes by itself (429, 5xx, network, timeout), and no other answer. */
export function retryPolicy({ attempts, firstDelayMs, maxDelayMs, maxRetryAfterMs, isRepeatable }: RetryPolicyOptions): RetryOptions {
  return {
    limit: attempts - 1,
    methods: ['get', 'post', 'delete'],
    statusCodes: passingStatuses,
    afterStatusCodes: passingStatuses,
    delay: (attempt) => Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1)),
    jitter: (delayMs) => delayMs * (1 - Math.random() / 2),
    shouldRetry({ error }) {
      if (SpotDraftError.isInstance(error)) {
        const isPassing = error.code === 'spotdraft.unavailable' || error.code === 'spotdraft.timeout';
        return isPassing && (isRepeatable || hadNoEffect(error.details['networkCode']));
      }
      if (!isHTTPError(error)) return false;
      const { status, headers } = error.response;
      const isAllowed = isRepeatable || status === tooManyRequests;
      // Undefined leaves the decision, and the wait, to the lists above and the answer's Retry-After.
      return isAllowed && (readRetryAfter(headers, Date.now()) ?? 0) <= maxRetryAfterMs ? undefined : false;
    },
  };
}
