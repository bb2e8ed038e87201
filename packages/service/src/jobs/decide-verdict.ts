import type { ClaimedJob } from './claimed-job.ts';
import type { JobVerdict } from './finish-job.ts';
import { type JobFailures, source } from './job-failure.ts';
import { retryDelay } from './retry-delay.ts';

export interface RetrySettings {
  /** Attempts in all before a job becomes a dead letter. */
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

export interface VerdictOptions {
  readonly failures: JobFailures;
  /**
   * The destinations that wait for a person; `''` for SpotDraft. Those that this attempt has parked or left out are among them also when a person has
   * resumed them meanwhile: see `finishJob`.
   */
  readonly parked: ReadonlySet<string>;
  readonly retry: RetrySettings;
  readonly now: number;
  readonly contractId?: string | undefined;
}

/**
 * Decides what becomes of a job: again later while anything may still succeed by itself, then parked while a destination waits for a person,
 * then dead when something never will, and done when nothing failed.
 */
export function decideVerdict(job: ClaimedJob, options: VerdictOptions): JobVerdict {
  const { failures, parked, retry, now, contractId } = options;
  const failed = Object.entries(failures);
  const verdict = { dueAt: now, attempts: job.attempts, failures, contractId };
  // SpotDraft itself waits for a person, which is not this job's fault: it goes on, with its attempts, when SpotDraft is resumed.
  if (parked.has(source) && failures[source]) return { ...verdict, state: 'waiting', attempts: job.attempts - 1 };

  const isAgain = ([name, { recovery }]: (typeof failed)[number]): boolean => recovery === 'retry' && !parked.has(name);
  const again = failed.filter(isAgain).map(([, failure]) => failure);
  if (again.length > 0 && job.attempts < retry.attempts) {
    const retryAfterMs = Math.max(...again.map((failure) => failure.retryAfterMs ?? 0));
    return { ...verdict, state: 'waiting', dueAt: now + retryDelay(job.attempts, { ...retry, retryAfterMs }) };
  }
  const parkedBy = failed.map(([name]) => name).filter((name) => parked.has(name));
  if (parkedBy.length > 0) return { ...verdict, state: 'parked', parkedBy };
  return { ...verdict, state: failed.length > 0 ? 'dead' : 'done' };
}
