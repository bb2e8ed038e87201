import type { ContractRow } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import type { JsonText } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';

export interface JobRequest {
  /** Composite id, or the number alone when a webhook brought it. */
  readonly subject: string;
  readonly contractNumber: number;
  /** Composite id, when it is known. */
  readonly contractId?: string | undefined;
  readonly dueAt: number;
  /** A list row that was just read. */
  readonly hint?: JsonText<ContractRow> | undefined;
}

/**
 * Asks for the work on a contract. One job a subject, however often it is asked for: a waiting job becomes due, a finished one begins anew, a
 * running one runs once more afterwards.
 */
export async function enqueueJob(database: Kysely<Tables>, request: JobRequest): Promise<void> {
  const { subject, contractNumber, contractId = null, dueAt, hint = null } = request;
  await database
    .insertInto('archive_jobs')
    .values({
      subject,
      contract_number: contractNumber,
      contract_id: contractId,
      state: 'waiting',
      wanted: 1,
      claimed: 0,
      attempts: 0,
      due_at: dueAt,
      hint,
      hint_at: hint === null ? null : dueAt,
    })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet((eb) => {
        const isRunning = eb('archive_jobs.state', '=', 'running');
        return {
          wanted: eb('archive_jobs.wanted', '+', 1),
          state: eb
            .case()
            .when(isRunning)
            .then(eb.ref('archive_jobs.state'))
            .else(eb.val('waiting' as const))
            .end(),
          attempts: eb.case().when(isRunning).then(eb.ref('archive_jobs.attempts')).else(eb.lit(0)).end(),
          due_at: eb.val(dueAt),
          failures: eb.case().when(isRunning).then(eb.ref('archive_jobs.failures')).else(eb.lit(null)).end(),
          hint: eb.fn.coalesce(eb.val(hint), eb.ref('archive_jobs.hint')),
          hint_at: eb.fn.coalesce(eb.val(hint === null ? null : dueAt), eb.ref('archive_jobs.hint_at')),
        };
      }),
    )
    .execute();
}
