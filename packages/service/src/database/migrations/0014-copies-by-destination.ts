import { sql as raw, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Counts the copies of a destination, and goes from one to the next, without reading the receipts of all. */
export async function copiesByDestination(transaction: Transaction<Tables>): Promise<void> {
  await raw`create index archive_ledger_by_destination on archive_ledger (destination, key) where receipt is not null`.execute(transaction);
}
