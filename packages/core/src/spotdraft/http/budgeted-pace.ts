import { readRetryAfter } from '../../destination/http/retry-after.ts';
import type { Pace } from './pace.ts';

/** Leave to send requests, shared with others who send some to the same workspace. */
export interface RequestBudget {
  /** Resolves when a request may be sent. What it rejects with becomes the request's failure. */
  take(options: { readonly signal: AbortSignal | undefined }): Promise<void>;
  /** Told when SpotDraft has answered "too many requests", and for how long it wants to hear of nobody. What it rejects with is ignored. */
  exceeded?(options: { readonly retryAfterMs: number }): Promise<void>;
}

const usualPauseMs = 1_000;

/** A pace that asks for leave as well, right before each request. */
export function budgetedPace(pace: Pace, budget: RequestBudget): Pace {
  return (work, { signal }) =>
    pace(
      async () => {
        await budget.take({ signal });
        const response = await work();
        if (response.status === 429) {
          const retryAfterMs = readRetryAfter(response.headers, Date.now()) ?? usualPauseMs;
          await budget.exceeded?.({ retryAfterMs }).catch(() => {});
        }
        return response;
      },
      { signal },
    );
}
