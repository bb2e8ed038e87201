import { setTimeout as delay } from 'node:timers/promises';
import { isOutOfOrder } from '../database/database-failure.ts';
import type { ClaimedJob } from './claimed-job.ts';
import { finishJob, type JobVerdict } from './finish-job.ts';
import { jobFailureOf } from './job-failure.ts';
import type { JobContext } from './run-job.ts';

export interface GiveBackOptions {
  readonly context: Pick<JobContext, 'database' | 'queue' | 'retry' | 'now' | 'logger'>;
  /** How long to wait before the database is asked again. */
  readonly pauseMs: number;
  /** Ends the patience with a database that takes nothing. */
  readonly signal: AbortSignal;
}

/** A job whose attempt the database has spoilt is due again after so long at most. */
const longestPauseMs = 30_000;

/**
 * Ends an attempt that came to nothing because the database is out of order. It costs the job none of its attempts, and no worker is taken for dead:
 * so the database is asked until it takes that, or another worker has taken the job over.
 *
 * Throws the failure of the database when `signal` is aborted.
 */
export async function giveBack(job: ClaimedJob, { context, pauseMs, signal }: GiveBackOptions): Promise<void> {
  const { database, queue, retry, now, logger } = context;
  const dueInMs = Math.min(retry.maxDelayMs, longestPauseMs);
  for (;;) {
    try {
      await finishJob({ sql: database.sql, queue }, job, { verdict: asBefore(job, now() + dueInMs), now: now() });
      return;
    } catch (error) {
      if (signal.aborted || !isOutOfOrder(error)) throw error;
      logger?.error(jobFailureOf(error), 'service.interrupted');
    }
    await delay(pauseMs, undefined, { signal }).catch(() => {});
  }
}

/** What a job was before an attempt that does not count. */
export function asBefore({ attempts, failures = {} }: ClaimedJob, dueAt: number): JobVerdict {
  return { state: 'waiting', dueAt, attempts: attempts - 1, failures };
}
