import { ArchiveError } from '@spotdraft-archive/core';
import type { ClaimedJob } from '../jobs/claimed-job.ts';
import { decideVerdict } from '../jobs/decide-verdict.ts';
import type { JobVerdict } from '../jobs/finish-job.ts';
import { type JobFailures, jobFailureOf, source } from '../jobs/job-failure.ts';
import { type JobContext, neverEnded, runJob } from '../jobs/run-job.ts';
import { listParked, park } from '../parking/parked.ts';
import { writeBack } from '../write-back/write-back.ts';
import type { JobTask } from './job-task.ts';
import { refreshContract } from './refresh-contract.ts';

type Task = (
  contractId: string,
  options: { readonly context: JobContext; readonly subject: string; readonly signal: AbortSignal },
) => Promise<void>;

/** The tasks that touch no destination. */
const tasks: Readonly<Record<Exclude<JobTask, 'archive'>, Task>> = { refresh: refreshContract, 'write-back': writeBack };

/**
 * Makes one attempt at whatever a job is for, and tells what becomes of it.
 *
 * Throws only the reason of `signal`, and `LedgerError` when the database fails.
 */
export async function runTask(job: ClaimedJob, context: JobContext, signal: AbortSignal): Promise<JobVerdict> {
  if (job.task === 'archive') return runJob(job, context, signal);
  const { database, retry, now } = context;
  const failures = await failuresOf(job, context, signal);
  // Credentials that may not write can still read: the archive goes on.
  const parkedNow = job.task === 'write-back' ? [] : await park(database.sql, failures, now());
  const parked = new Set([...parkedNow, ...(await listParked(database.sql)).map(({ name }) => name)]);
  return decideVerdict(job, { failures, parked, retry, now: now() });
}

async function failuresOf(job: ClaimedJob, context: JobContext, signal: AbortSignal): Promise<JobFailures> {
  const { task, contractId, subject, attempts, failures } = job;
  if (attempts > context.retry.attempts) return failures ?? { [source]: neverEnded };
  if (task === 'archive' || contractId === undefined) return {};
  try {
    await tasks[task](contractId, { context, subject, signal });
    return {};
  } catch (error) {
    signal.throwIfAborted();
    if (ArchiveError.isInstance(error) && error.code.startsWith('ledger.')) throw error;
    return { [source]: jobFailureOf(error) };
  }
}
