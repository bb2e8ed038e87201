import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Lets a queue tell whether what it delivers is still wanted. */
export async function jobTickets(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema
    .alterTable('archive_jobs')
    .addColumn('ticket', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
