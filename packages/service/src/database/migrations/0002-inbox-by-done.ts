import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Finds the events that are not done, and the old ones that may go, without reading the whole inbox. */
export async function inboxByDone(transaction: Transaction<Tables>): Promise<void> {
  const { schema } = transaction;
  await schema.createIndex('archive_inbox_by_done').on('archive_inbox').columns(['done_at', 'received_at']).execute();
  await schema.createIndex('archive_inbox_by_receipt').on('archive_inbox').column('received_at').execute();
}
