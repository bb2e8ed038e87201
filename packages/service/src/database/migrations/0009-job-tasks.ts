import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Tells jobs that archive from those that do something else about a contract. */
export async function jobTasks(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema
    .alterTable('archive_jobs')
    .addColumn('task', 'text', (column) => column.notNull().defaultTo('archive'))
    .execute();
}
