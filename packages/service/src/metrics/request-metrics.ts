import type { SpotDraftEvent } from '@spotdraft-archive/core';
import type { RequestEvent } from '@spotdraft-archive/core/destination';
import type { Meter } from './meter.ts';

/**
 * Counts the requests of a SpotDraft client or of an adapter: give the answer to it as `onEvent`.
 *
 * - `spotdraft_archive.requests`: answers, by `provider` and `status`.
 * - `spotdraft_archive.request.duration`: seconds until an answer, by `provider`.
 * - `spotdraft_archive.throttled`: seconds during which requests were held back, by `provider`: pauses that the other side asked for, and waits
 *   before a repeat. Requests that wait at the same time count once.
 *
 * @example
 * const drive = googleDrive({ auth, folderId, onEvent: requestMetrics(metrics.getMeter('archive'), 'google-drive') });
 */
export function requestMetrics(meter: Meter, provider: string): (event: RequestEvent | SpotDraftEvent) => void {
  const answers = meter.createCounter('spotdraft_archive.requests', {
    description: 'Answers of SpotDraft and of the stores.',
    unit: '{request}',
  });
  const durations = meter.createHistogram('spotdraft_archive.request.duration', { description: 'Time until an answer.', unit: 's' });
  const throttled = meter.createCounter('spotdraft_archive.throttled', {
    description: 'Time during which requests were held back, before a repeat or because the other side asked for it.',
    unit: 's',
  });
  let heldUntil = 0;
  const held = (from: number, until: number): void => {
    const addedMs = until - Math.max(from, heldUntil);
    heldUntil = Math.max(heldUntil, until);
    if (addedMs > 0) throttled.add(addedMs / 1_000, { provider });
  };

  return (event) => {
    const now = performance.now();
    if (event.type === 'request.answered') {
      answers.add(1, { provider, status: event.status });
      durations.record(event.durationMs / 1_000, { provider });
    } else if ('waitedMs' in event) held(now - event.waitedMs, now);
    else held(now, now + event.waitMs);
  };
}
