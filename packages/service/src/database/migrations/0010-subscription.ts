import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** The webhook that the service has created in SpotDraft, which has no list of them. */
export async function subscription({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable('archive_subscription')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('webhook_id', 'text')
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('probed_at', 'bigint')
    .execute();
}
