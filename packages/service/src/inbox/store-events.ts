import type { VerifiedContractEvent } from '@spotdraft-archive/core';
import type { Transaction } from 'kysely';
import { markContract } from '../contracts/mark-contract.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import type { InboxTable, Tables } from '../database/tables.ts';
import { enqueueJobs } from '../jobs/enqueue-job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { isEcho } from '../write-back/echoes.ts';
import { type PlanEventOptions, type PlannedEvent, planEvent } from './plan-event.ts';

export interface StoreEventsOptions extends PlanEventOptions {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
}

/**
 * Stores verified events and the jobs for them, all or nothing. True when there is a job to run.
 *
 * Safe to repeat: a delivery that is known by the hash of its body changes nothing. Asks nobody but the database.
 */
export async function storeEvents(events: readonly VerifiedContractEvent[], options: StoreEventsOptions): Promise<boolean> {
  const { database, queue, now } = options;
  const planned = events.flatMap((event) => planEvent(event, options) ?? []);
  if (planned.length === 0) return false;

  const { stored, hasJobs } = await database.sql.transaction().execute(async (transaction) => {
    const useful = await withoutUnknown(planned, transaction);
    const byDelivery = new Map(useful.map((event) => [event.row.delivery_id, event]));
    if (byDelivery.size === 0) return { stored: [], hasJobs: false };
    const deliveryIds = await insertEvents(
      transaction,
      [...byDelivery.values()].map(({ row }) => row),
    );
    const news = deliveryIds.flatMap((deliveryId) => byDelivery.get(deliveryId) ?? []);
    await markAll(news, transaction);
    const requests = (await withoutEchoes(news, { transaction, now })).flatMap(({ request }) => request ?? []);
    await enqueueJobs({ sql: transaction, queue }, requests);
    return { stored: news, hasJobs: requests.length > 0 };
  });
  // Once more: a job may have written the row since, and looked for the event before it could be seen.
  if (stored.some(({ mark }) => mark)) await database.sql.transaction().execute((transaction) => markAll(stored, transaction));
  return hasJobs;
}

async function markAll(news: readonly PlannedEvent[], transaction: Transaction<Tables>): Promise<void> {
  for (const { mark } of news) if (mark) await markContract(transaction, mark);
}

/**
 * Leaves out what is told of contracts that are not archived: their job will ask for everything anew. One that runs may have asked before the
 * change.
 */
async function withoutUnknown(planned: readonly PlannedEvent[], transaction: Transaction<Tables>): Promise<readonly PlannedEvent[]> {
  const refreshes = planned.filter(isRefresh);
  if (refreshes.length === 0) return planned;
  const ids = refreshes.map(({ request }) => request?.contractId ?? '');
  const numbers = refreshes.map(({ row }) => row.contract_number);
  const running = await transaction
    .selectFrom('archive_jobs')
    .select('contract_number')
    .where('contract_number', 'in', numbers)
    .where('state', '=', 'running')
    .execute();
  // After the jobs: one that ends between the two questions has written its row.
  const indexed = await transaction.selectFrom('archive_contracts').select('contract_id').where('contract_id', 'in', ids).execute();
  const known = new Set<unknown>([...indexed.map((row) => row.contract_id), ...running.map((row) => row.contract_number)]);
  return planned.filter((event) => !isRefresh(event) || known.has(event.request?.contractId) || known.has(event.row.contract_number));
}

function isRefresh({ request }: PlannedEvent): boolean {
  return request?.task === 'refresh';
}

interface StoreContext {
  readonly transaction: Transaction<Tables>;
  readonly now: number;
}

/** Drops what our own writing has caused: such an event is done as soon as it is stored. */
async function withoutEchoes(news: readonly PlannedEvent[], { transaction, now }: StoreContext): Promise<readonly PlannedEvent[]> {
  const wanted: PlannedEvent[] = [];
  for (const event of news) {
    const { delivery_id: deliveryId, contract_number: contractNumber, activity } = event.row;
    const { occurredAt } = event;
    if (!isRefresh(event) || !(await isEcho(transaction, { contractNumber, activity, occurredAt, now }))) wanted.push(event);
    else await transaction.updateTable('archive_inbox').set({ done_at: now, body: null }).where('delivery_id', '=', deliveryId).execute();
  }
  return wanted;
}

/** Answers the ids of those that were not stored before. */
async function insertEvents(transaction: Transaction<Tables>, rows: readonly InboxTable[]): Promise<readonly string[]> {
  const stored = await transaction
    .insertInto('archive_inbox')
    .values(rows)
    .onConflict((conflict) => conflict.column('delivery_id').doNothing())
    .returning('delivery_id')
    .execute();
  return stored.map((row) => row.delivery_id);
}
