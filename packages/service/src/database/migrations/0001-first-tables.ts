import { sql as raw, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** Inbox, jobs, ledger, index and parked destinations. */
export async function firstTables(transaction: Transaction<Tables>): Promise<void> {
  const { schema } = transaction;
  await schema
    .createTable('archive_inbox')
    .addColumn('delivery_id', 'text', (column) => column.primaryKey())
    .addColumn('activity', 'text', (column) => column.notNull())
    .addColumn('contract_number', 'bigint', (column) => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('body', 'text')
    .addColumn('received_at', 'bigint', (column) => column.notNull())
    .addColumn('done_at', 'bigint')
    .execute();
  await schema.createIndex('archive_inbox_by_number').on('archive_inbox').columns(['contract_number', 'activity']).execute();

  await schema
    .createTable('archive_jobs')
    .addColumn('subject', 'text', (column) => column.primaryKey())
    .addColumn('contract_number', 'bigint', (column) => column.notNull())
    .addColumn('contract_id', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('wanted', 'integer', (column) => column.notNull())
    .addColumn('claimed', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('hint', 'text')
    .addColumn('hint_at', 'bigint')
    .addColumn('failures', 'text')
    .execute();
  await schema.createIndex('archive_jobs_by_due').on('archive_jobs').columns(['state', 'due_at']).execute();
  await schema.createIndex('archive_jobs_by_number').on('archive_jobs').column('contract_number').execute();
  await raw`create unique index archive_jobs_one_running on archive_jobs (contract_number) where state = 'running'`.execute(transaction);

  await schema
    .createTable('archive_ledger')
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('destination', 'text', (column) => column.notNull())
    .addColumn('contract_id', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('intent', 'text')
    .addColumn('checkpoint', 'text')
    .addColumn('receipt', 'text')
    .addColumn('failure', 'text')
    .addPrimaryKeyConstraint('archive_ledger_row', ['key', 'destination'])
    .execute();
  await schema.createIndex('archive_ledger_by_contract').on('archive_ledger').column('contract_id').execute();

  await schema
    .createTable('archive_contracts')
    .addColumn('contract_id', 'text', (column) => column.primaryKey())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('reference_id', 'text')
    .addColumn('contract_type', 'text')
    .addColumn('counterparties', 'text', (column) => column.notNull())
    .addColumn('metadata', 'text', (column) => column.notNull())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('version_id', 'text')
    .addColumn('source_state', 'text', (column) => column.notNull())
    .addColumn('archived_at', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('archive_parked')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('hint', 'text')
    .addColumn('parked_at', 'bigint', (column) => column.notNull())
    .execute();
}
