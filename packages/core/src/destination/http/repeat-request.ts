import pRetry from 'p-retry';
import { DestinationError } from '../../errors/destination-error.ts';
import type { Clock } from './clock.ts';
import { FailedTry } from './failed-try.ts';
import { createPatience } from './patience.ts';
import type { PauseGate } from './pause-gate.ts';
import type { RequestEvent, RetryOptions } from './requester-types.ts';

export interface RepeatOptions {
  readonly provider: string;
  readonly operation: string;
  readonly repeat: 'safe' | 'after-refusal' | 'never';
  readonly retry: RetryOptions;
  readonly gate: PauseGate;
  readonly clock: Clock;
  readonly emit: (event: RequestEvent) => void;
  readonly signal: AbortSignal | undefined;
}

/** Tries until it works or the budget of seconds is used up. Every try first passes the adapter's gate. */
export async function repeatRequest<Answer>(attempt: () => Promise<Answer>, options: RepeatOptions): Promise<Answer> {
  const { gate, clock, signal, retry, repeat } = options;
  const patience = createPatience(retry, clock);
  const tryOnce = async () => {
    refuseLongPause(options);
    await gate.pass({ signal });
    return attempt();
  };
  try {
    return await pRetry(tryOnce, {
      // The waiting is ours: p-retry knows no jitter down to zero, no gate and no injected clock.
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 0,
      signal,
      async shouldRetry({ error, attemptNumber }) {
        if (!(error instanceof FailedTry)) return false;
        const delayMs = patience.nextDelayMs(error.error.retryAfterMs ?? 0);
        if (error.pauses === 'adapter') closeGate(delayMs ?? error.error.retryAfterMs, options);
        if (delayMs === undefined || !mayRepeat(error, repeat)) return false;
        const { operation, emit } = options;
        emit({ type: 'request.repeated', operation, code: error.error.code, waitMs: delayMs, tries: attemptNumber });
        await clock.wait(delayMs, { signal });
        return true;
      },
    });
  } catch (error) {
    throw error instanceof FailedTry ? error.error : error;
  }
}

function mayRepeat({ isRepeatable, effect }: FailedTry, repeat: RepeatOptions['repeat']): boolean {
  return isRepeatable && (repeat === 'safe' || (repeat === 'after-refusal' && effect === 'none'));
}

/** How long the adapter holds still when its store throttles, says no time, and this request is not tried again. */
const pauseWithoutTimeMs = 1000;

function closeGate(milliseconds: number | undefined, { gate, emit }: RepeatOptions): void {
  emit({ type: 'requests.paused', waitMs: gate.close(milliseconds ?? pauseWithoutTimeMs) });
}

/** Waits of minutes belong to the layer that can do something else meanwhile. */
function refuseLongPause({ provider, operation, gate, retry }: RepeatOptions): void {
  const remainingMs = gate.remainingMs();
  if (remainingMs <= (retry.budgetMs ?? 30_000)) return;
  throw new FailedTry({
    error: new DestinationError(`${provider}: could not ${operation}: the store asked to be left alone for a while.`, {
      code: 'destination.rate_limited',
      recovery: 'retry',
      retryAfterMs: remainingMs,
      hint: 'Try again after `retryAfterMs`.',
      details: { provider, operation },
    }),
    isRepeatable: false,
    effect: 'none',
    pauses: 'request',
  });
}
