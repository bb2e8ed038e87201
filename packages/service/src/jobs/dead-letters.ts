import type { Kysely } from 'kysely';
import { inTransaction } from '../database/in-transaction.ts';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import type { JobTask } from '../tasks/job-task.ts';
import type { JobFailures } from './job-failure.ts';
import { type JobStore, waitingJobColumns } from './job-queue.ts';

/** A contract that the service has given up on until a person redrives it. */
export interface DeadLetter {
  /** What `redrive` takes: the composite id, or the number alone when SpotDraft never told which contract a webhook meant. */
  readonly subject: string;
  readonly contractId: string | undefined;
  /** What was given up: to `archive` the contract, to `refresh` its row of the index, or to tell SpotDraft where its copies lie (`write-back`). */
  readonly task: JobTask;
  readonly attempts: number;
  /** Why, by destination; `''` stands for the contract itself. */
  readonly failures: JobFailures;
}

export async function listDeadLetters(database: Kysely<Tables>, limit: number = 1_000): Promise<readonly DeadLetter[]> {
  const rows = await database
    .selectFrom('archive_jobs')
    .select(['subject', 'contract_id', 'task', 'attempts', 'failures'])
    .where('state', '=', 'dead')
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(({ subject, contract_id: contractId, task, attempts, failures }) => ({
    subject,
    contractId: contractId ?? undefined,
    task,
    attempts,
    failures: readJson(failures) ?? {},
  }));
}

/** Lets a dead job begin anew, with every destination. False when there is none of that subject. */
export async function redriveJob({ sql, queue }: JobStore, subject: string, dueAt: number): Promise<boolean> {
  return inTransaction(sql, async (transaction) => {
    const job = await transaction
      .updateTable('archive_jobs')
      .set((eb) => ({ state: 'waiting', due_at: dueAt, attempts: 0, failures: null, ticket: eb('ticket', '+', 1) }))
      .where('subject', '=', subject)
      .where('state', '=', 'dead')
      .returning(waitingJobColumns)
      .executeTakeFirst();
    if (job) await queue.send(transaction, [job]);
    return job !== undefined;
  });
}
