import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What runs on a timer, once for all processes. */
export async function timers({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable('archive_timers')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_token', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('last_run', 'text')
    .execute();
}
