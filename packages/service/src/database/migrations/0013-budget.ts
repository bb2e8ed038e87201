import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** When the next request to SpotDraft may be sent, by whichever process. */
export async function budget(transaction: Transaction<Tables>): Promise<void> {
  await transaction.schema
    .createTable('archive_budget')
    .addColumn('source', 'text', (column) => column.primaryKey())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .execute();
}
