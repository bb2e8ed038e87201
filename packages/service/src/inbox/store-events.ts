import type { VerifiedContractEvent } from '@spotdraft-archive/core';
import type { Transaction } from 'kysely';
import { markContract } from '../contracts/mark-contract.ts';
import { writeJson } from '../database/json-column.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import type { InboxTable, Tables } from '../database/tables.ts';
import { enqueueJobs } from '../jobs/enqueue-job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { taskOfEvent } from './task-of-event.ts';

export interface StoreEventsOptions {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  readonly now: number;
}

/**
 * Stores verified events and the jobs for them, all or nothing. True when there is a job to run.
 *
 * Safe to repeat: a delivery that is known by the hash of its body changes nothing. Asks nobody but the database.
 */
export async function storeEvents(events: readonly VerifiedContractEvent[], options: StoreEventsOptions): Promise<boolean> {
  const { database, queue, now } = options;
  const rows = new Map(events.flatMap((event) => rowOf(event, now) ?? []).map((row) => [row.delivery_id, row]));
  if (rows.size === 0) return false;

  return database.sql.transaction().execute(async (transaction) => {
    const stored = await insertEvents(transaction, [...rows.values()]);
    const toArchive = stored.filter(({ subject }) => subject !== null);
    for (const { activity, contract_number: number, subject } of stored) {
      if (subject !== null) continue;
      // Webhooks speak of T contracts only.
      await markContract(transaction, { contractId: `T-${number}`, sourceState: activity === 'CONTRACT_DELETED' ? 'DELETED' : 'VOIDED' });
    }
    const requests = toArchive.map(({ subject, contract_number: number }) => ({
      subject: subject ?? '',
      contractNumber: number,
      dueAt: now,
    }));
    await enqueueJobs({ sql: transaction, queue }, requests);
    return requests.length > 0;
  });
}

/** Undefined for an event that an archive has no use for. */
function rowOf(event: VerifiedContractEvent, now: number): InboxTable | undefined {
  const task = taskOfEvent(event);
  if (task === undefined || event.contractNumber === undefined) return undefined;
  const { deliveryId, activity, contractNumber: number, raw } = event;
  const row = { delivery_id: deliveryId, activity, contract_number: number, received_at: now };
  if (task === 'archive') return { ...row, subject: String(number), body: writeJson(raw), done_at: null };
  return { ...row, subject: null, body: null, done_at: now };
}

/** Answers those that were not stored before. */
async function insertEvents(transaction: Transaction<Tables>, rows: readonly InboxTable[]) {
  return transaction
    .insertInto('archive_inbox')
    .values(rows)
    .onConflict((conflict) => conflict.column('delivery_id').doNothing())
    .returning(['activity', 'contract_number', 'subject'])
    .execute();
}
