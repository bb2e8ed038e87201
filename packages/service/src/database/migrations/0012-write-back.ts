import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What was written back to SpotDraft, and the webhooks that this will cause. */
export async function writeBackTables(transaction: Transaction<Tables>): Promise<void> {
  const { schema } = transaction;
  await schema
    .createTable('archive_write_backs')
    .addColumn('contract_id', 'text', (column) => column.primaryKey())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('version_id', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('written_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('archive_echoes')
    .addColumn('contract_number', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('expected', 'integer', (column) => column.notNull())
    .addColumn('written_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('archive_echoes_row', ['contract_number', 'kind'])
    .execute();
}
