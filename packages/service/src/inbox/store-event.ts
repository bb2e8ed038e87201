import type { VerifiedContractEvent } from '@spotdraft-archive/core';
import type { Transaction } from 'kysely';
import { markContract } from '../contracts/mark-contract.ts';
import { writeJson } from '../database/json-column.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import type { InboxTable, Tables } from '../database/tables.ts';
import { enqueueJob } from '../jobs/enqueue-job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { taskOfEvent } from './task-of-event.ts';

export interface StoreEventOptions {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  readonly now: number;
}

/**
 * Stores a verified event and the job for it, both or neither. True when there is a job to run.
 *
 * Safe to repeat: a delivery that is known by the hash of its body changes nothing. Asks nobody but the database.
 */
export async function storeEvent(event: VerifiedContractEvent, { database, queue, now }: StoreEventOptions): Promise<boolean> {
  const task = taskOfEvent(event);
  if (task === undefined || event.contractNumber === undefined) return false;
  const number = event.contractNumber;
  const row = { delivery_id: event.deliveryId, activity: event.activity, contract_number: number, received_at: now };

  return database.sql.transaction().execute(async (transaction) => {
    if (task !== 'archive') {
      await insertEvent(transaction, { ...row, subject: null, body: null, done_at: now });
      // Webhooks speak of T contracts only.
      await markContract(transaction, { contractId: `T-${number}`, sourceState: task === 'mark-deleted' ? 'DELETED' : 'VOIDED' });
      return false;
    }
    const subject = String(number);
    const isNew = await insertEvent(transaction, { ...row, subject, body: writeJson(event.raw), done_at: null });
    if (isNew) await enqueueJob({ sql: transaction, queue }, { subject, contractNumber: number, dueAt: now });
    return isNew;
  });
}

/** False when this delivery was stored before. */
async function insertEvent(transaction: Transaction<Tables>, row: InboxTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('archive_inbox')
    .values(row)
    .onConflict((conflict) => conflict.column('delivery_id').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
