import type { Kysely } from 'kysely';
import { inTransaction } from '../database/in-transaction.ts';
import { writeJson } from '../database/json-column.ts';
import type { JobState, Tables } from '../database/tables.ts';
import { keepParked } from '../parking/parked.ts';
import type { ClaimedJob } from './claimed-job.ts';
import type { JobFailures } from './job-failure.ts';
import { type JobStore, waitingJobColumns } from './job-queue.ts';

/** What becomes of a job after an attempt. */
export interface JobVerdict {
  readonly state: Exclude<JobState, 'running'>;
  /** When a waiting job runs again, in milliseconds since 1970. */
  readonly dueAt: number;
  readonly attempts: number;
  readonly failures: JobFailures;
  /** What a parked job waits for. */
  readonly parkedBy?: readonly string[] | undefined;
  /** Composite id, once it is known. */
  readonly contractId?: string | undefined;
}

export interface FinishOptions {
  readonly verdict: JobVerdict;
  readonly now: number;
}

export interface FinishedJob {
  readonly state: Exclude<JobState, 'running'>;
  /** In milliseconds since 1970. */
  readonly dueAt: number;
}

/**
 * Ends an attempt. A job that was asked for again meanwhile runs once more, at once, and so does one whose destination was resumed meanwhile. The
 * events that a job waited for are done with it, and what they said is forgotten.
 *
 * Answers what is written now. Changes nothing, and answers nothing, when another worker has taken the job over.
 */
export async function finishJob(
  { sql, queue }: JobStore,
  job: ClaimedJob,
  { verdict: decided, now }: FinishOptions,
): Promise<FinishedJob | undefined> {
  return inTransaction(sql, async (transaction) => {
    const isResumed = decided.state === 'parked' && !(await keepParked(transaction, decided.parkedBy ?? []));
    const verdict: JobVerdict = isResumed ? { ...decided, state: 'waiting', dueAt: now, attempts: 0 } : decided;
    const finished = await transaction
      .updateTable('archive_jobs')
      .set(({ eb }) => {
        const isWantedAgain = eb('wanted', '>', eb.ref('claimed'));
        return {
          state: eb.case().when(isWantedAgain).then(eb.val<JobState>('waiting')).else(eb.val<JobState>(verdict.state)).end(),
          due_at: eb.case().when(isWantedAgain).then(eb.lit(now)).else(eb.lit(verdict.dueAt)).end(),
          attempts: eb.case().when(isWantedAgain).then(eb.lit(0)).else(eb.lit(verdict.attempts)).end(),
          failures: Object.keys(verdict.failures).length === 0 ? null : writeJson(verdict.failures),
          ticket: eb('ticket', '+', 1),
          lease_token: null,
          lease_until: null,
          ...(verdict.state === 'done' && {
            hint: eb.case().when(isWantedAgain).then(eb.ref('hint')).else(null).end(),
            hint_at: eb.case().when(isWantedAgain).then(eb.ref('hint_at')).else(null).end(),
          }),
          ...(verdict.contractId !== undefined && { contract_id: verdict.contractId }),
        };
      })
      .where('subject', '=', job.subject)
      .where('lease_token', '=', job.leaseToken)
      .returning(['state', ...waitingJobColumns])
      .executeTakeFirst();
    if (finished === undefined) return undefined;
    await queue.complete(transaction, job);
    if (finished.state === 'waiting') await queue.send(transaction, [finished]);
    const result = { state: finished.state as FinishedJob['state'], dueAt: finished.due_at };
    if (finished.state !== 'done') return result;
    const others = await endOthers(transaction, job, verdict.contractId ?? job.contractId);
    await transaction
      .updateTable('archive_inbox')
      .set({ done_at: now, body: null })
      .where('subject', 'in', [job.subject, ...others])
      .where('done_at', 'is', null)
      .execute();
    return result;
  });
}

/**
 * Ends what was given up, or waits for a person, about a contract that is archived now: a webhook's job has the number as its subject, one that was
 * asked for by id the id. Answers their subjects.
 */
async function endOthers(transaction: Kysely<Tables>, job: ClaimedJob, contractId: string | undefined): Promise<readonly string[]> {
  if (job.task !== 'archive' || contractId === undefined) return [];
  const ended = await transaction
    .updateTable('archive_jobs')
    .set({ state: 'done', failures: null, hint: null, hint_at: null })
    .where('contract_number', '=', job.contractNumber)
    .where('task', '=', 'archive')
    .where('state', 'in', ['dead', 'parked'])
    .where('subject', '!=', job.subject)
    // Webhooks speak of T contracts, by their number alone.
    .where((eb) => eb(eb.fn.coalesce('contract_id', eb.val(`T-${job.contractNumber}`)), '=', contractId))
    .returning('subject')
    .execute();
  return ended.map(({ subject }) => subject);
}
