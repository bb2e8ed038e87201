import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What repeated looks at the copies have found, and how far they have come. */
export async function findings({ schema }: Transaction<Tables>): Promise<void> {
  await schema.alterTable('archive_ledger').addColumn('left_alone', 'text').execute();

  await schema
    .createTable('archive_findings')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('contract_id', 'text', (column) => column.notNull())
    .addColumn('finding', 'text', (column) => column.notNull())
    .addColumn('found_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('archive_findings_row', ['key', 'destination', 'kind'])
    .execute();
  await schema.createIndex('archive_findings_by_contract').on('archive_findings').column('contract_id').execute();

  await schema
    .createTable('archive_scans')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('round', 'integer', (column) => column.notNull())
    .addColumn('position', 'text')
    .addColumn('counts', 'text', (column) => column.notNull())
    .addColumn('began_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
}
