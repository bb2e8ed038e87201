import type { ContractRow } from '@spotdraft-archive/core';
import { inTransaction } from '../database/in-transaction.ts';
import type { JsonText } from '../database/json-column.ts';
import type { JobTask } from '../tasks/job-task.ts';
import { type JobStore, waitingJobColumns } from './job-queue.ts';

export interface JobRequest {
  /** Composite id, or the number alone when a webhook brought it. */
  readonly subject: string;
  readonly contractNumber: number;
  /** Composite id, when it is known. */
  readonly contractId?: string | undefined;
  /** @default 'archive' */
  readonly task?: JobTask | undefined;
  readonly dueAt: number;
  /** A list row that was just read. */
  readonly hint?: JsonText<ContractRow> | undefined;
}

/**
 * Asks for the work on a contract. One job a subject, however often it is asked for: a waiting job becomes due, a finished one begins anew, a
 * running one runs once more afterwards. Safe to call within a transaction.
 */
export async function enqueueJob(store: JobStore, request: JobRequest): Promise<void> {
  await enqueueJobs(store, [request]);
}

/** Asks for several jobs, in as few statements as for one. */
export async function enqueueJobs({ sql, queue }: JobStore, requests: readonly JobRequest[]): Promise<void> {
  // A statement may not touch a row twice, and asking twice at once is asking once.
  const bySubject = new Map(requests.map((request) => [request.subject, request]));
  if (bySubject.size === 0) return;
  await inTransaction(sql, async (transaction) => {
    const records = await writeRequests(transaction, [...bySubject.values()]);
    const isNews = ({ subject, state, due_at }: (typeof records)[number]) =>
      state === 'waiting' && due_at === bySubject.get(subject)?.dueAt;
    await queue.send(transaction, records.filter(isNews));
  });
}

function writeRequests(transaction: JobStore['sql'], requests: readonly JobRequest[]) {
  return transaction
    .insertInto('archive_jobs')
    .values(
      requests.map(({ subject, contractNumber, contractId = null, task = 'archive', dueAt, hint = null }) => ({
        subject,
        contract_number: contractNumber,
        contract_id: contractId,
        task,
        state: 'waiting' as const,
        wanted: 1,
        claimed: 0,
        attempts: 0,
        due_at: dueAt,
        hint,
        hint_at: hint === null ? null : dueAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet((eb) => {
        const isRunning = eb('archive_jobs.state', '=', 'running');
        // One that is due already keeps its place in the queue.
        const isDue = eb.and([eb('archive_jobs.state', '=', 'waiting'), eb('archive_jobs.due_at', '<=', eb.ref('excluded.due_at'))]);
        const ticket = eb.ref('archive_jobs.ticket');
        return {
          wanted: eb('archive_jobs.wanted', '+', 1),
          state: eb
            .case()
            .when(isRunning)
            .then(eb.ref('archive_jobs.state'))
            .else(eb.val('waiting' as const))
            .end(),
          attempts: eb.case().when(isRunning).then(eb.ref('archive_jobs.attempts')).else(eb.lit(0)).end(),
          due_at: eb.case().when(isDue).then(eb.ref('archive_jobs.due_at')).else(eb.ref('excluded.due_at')).end(),
          ticket: eb
            .case()
            .when(eb.or([isRunning, isDue]))
            .then(ticket)
            .else(eb(ticket, '+', 1))
            .end(),
          failures: eb.case().when(isRunning).then(eb.ref('archive_jobs.failures')).else(eb.lit(null)).end(),
          hint: eb.fn.coalesce(eb.ref('excluded.hint'), eb.ref('archive_jobs.hint')),
          hint_at: eb.fn.coalesce(eb.ref('excluded.hint_at'), eb.ref('archive_jobs.hint_at')),
        };
      }),
    )
    .returning(['state', ...waitingJobColumns])
    .execute();
}
