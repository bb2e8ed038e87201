import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What was alarmed about, and when something happened last. */
export async function alarms({ schema }: Transaction<Tables>): Promise<void> {
  await schema
    .createTable('archive_alarms')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('alarm', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createTable('archive_moments')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
}
