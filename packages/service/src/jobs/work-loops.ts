import { LedgerError, type Logger } from '@spotdraft-archive/core';
import { isOutOfOrder } from '../database/database-failure.ts';
import type { JobEnded } from '../events/service-event.ts';
import { listParked } from '../parking/parked.ts';
import { runTask } from '../tasks/run-task.ts';
import type { Bell } from './bell.ts';
import type { ClaimedJob } from './claimed-job.ts';
import { type FinishedJob, finishJob, type JobVerdict } from './finish-job.ts';
import { asBefore, giveBack } from './give-back.ts';
import { jobFailureOf, source } from './job-failure.ts';
import type { JobContext } from './run-job.ts';

export interface WorkSettings {
  /** How many jobs run at a time. */
  readonly concurrency: number;
  /** How long a job stays with a worker that is not heard of. */
  readonly leaseMs: number;
  /** How often the database is asked for jobs that other processes have enqueued. */
  readonly pollIntervalMs: number;
  /** How long a stop waits for running jobs. */
  readonly drainMs: number;
}

export interface WorkLoops {
  /** Takes no more jobs, waits for the running ones for as long as `drainMs`, then interrupts them. What is interrupted goes on at the next start. */
  stop(): Promise<void>;
}

/** Works on jobs until it is stopped; looks for some when the bell rings. A database that fails makes it wait, not end. */
export function startWorkLoops(context: JobContext, settings: WorkSettings & { readonly bell: Bell }): WorkLoops {
  const { bell } = settings;
  const stopping = new AbortController();
  const interrupting = new AbortController();

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const job = await quietly(context.logger, () => nextJob(context));
      if (!job) await bell.wait(settings.pollIntervalMs, stopping.signal);
      else
        await quietly(context.logger, () =>
          workOn(job, { context, settings, stopping: stopping.signal, interrupted: interrupting.signal }),
        );
    }
  };
  const loops = Promise.all(Array.from({ length: settings.concurrency }, loop));

  return {
    async stop() {
      stopping.abort();
      const timer = setTimeout(() => interrupting.abort(new Error('The archive service is stopping.')), settings.drainMs);
      await loops;
      clearTimeout(timer);
    },
  };
}

async function nextJob({ database, queue }: JobContext): Promise<ClaimedJob | undefined> {
  const parked = await listParked(database.sql);
  if (parked.some(({ name }) => name === source)) return undefined;
  return queue.claim();
}

interface Work {
  readonly context: JobContext;
  readonly settings: WorkSettings;
  /** No further job is taken. */
  readonly stopping: AbortSignal;
  /** No job goes on. */
  readonly interrupted: AbortSignal;
}

async function workOn(job: ClaimedJob, { context, settings, stopping, interrupted }: Work): Promise<void> {
  const { database, queue, now } = context;
  const store = { sql: database.sql, queue };
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    const isOurs = await quietly(context.logger, () => queue.extend(job));
    // When the database does not answer the lease may still be ours; the ledger's fence decides.
    if (isOurs === false) lost.abort(leaseLost(job));
  };
  const heartbeat = setInterval(() => void beat(), settings.leaseMs / 3);
  try {
    const verdict = await runTask(job, context, AbortSignal.any([interrupted, lost.signal]));
    const ended = await finishJob(store, job, { verdict, now: now() });
    if (ended) context.onEvent(jobEnded(job, { ...verdict, ...ended }));
  } catch (error) {
    // The next worker need not wait for the lease to end.
    if (interrupted.aborted) await finishJob(store, job, { verdict: asBefore(job, now()), now: now() });
    else if (!isOutOfOrder(error)) throw error;
    else {
      context.logger?.error(jobFailureOf(error), 'service.interrupted');
      await giveBack(job, { context, pauseMs: settings.pollIntervalMs, signal: stopping });
    }
  } finally {
    clearInterval(heartbeat);
  }
}

function jobEnded(
  { subject, contractId }: ClaimedJob,
  ended: Pick<JobVerdict, 'attempts' | 'contractId' | 'failures'> & FinishedJob,
): JobEnded {
  return {
    type: 'job.ended',
    subject,
    contractId: ended.contractId ?? contractId,
    state: ended.state,
    attempts: ended.attempts,
    dueAt: ended.state === 'waiting' ? new Date(ended.dueAt).toISOString() : undefined,
    failures: Object.fromEntries(Object.entries(ended.failures).map(([name, { code }]) => [name, code])),
  };
}

/** Does something whose failure must not end the loop, and notes the failure. */
async function quietly<Result>(logger: Logger | undefined, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    logger?.error(jobFailureOf(error), 'service.interrupted');
    return undefined;
  }
}

function leaseLost({ subject }: ClaimedJob): LedgerError {
  return new LedgerError(`Another worker has taken over the job ${subject}.`, {
    code: 'ledger.lease_lost',
    recovery: 'retry',
    hint: 'Nothing is lost: the other worker goes on from what this one saved.',
    details: { subject },
  });
}
