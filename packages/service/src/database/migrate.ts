import { LedgerError } from '@spotdraft-archive/core';
import { type Kysely, sql as raw, type Transaction } from 'kysely';
import { firstTables } from './migrations/0001-first-tables.ts';
import { inboxByDone } from './migrations/0002-inbox-by-done.ts';
import { facets } from './migrations/0003-facets.ts';
import { findings } from './migrations/0004-findings.ts';
import { routes } from './migrations/0005-routes.ts';
import { timers } from './migrations/0006-timers.ts';
import { jobTickets } from './migrations/0007-job-tickets.ts';
import { alarms } from './migrations/0008-alarms.ts';
import { jobTasks } from './migrations/0009-job-tasks.ts';
import { subscription } from './migrations/0010-subscription.ts';
import { versionChecks } from './migrations/0011-version-checks.ts';
import { writeBackTables } from './migrations/0012-write-back.ts';
import { budget } from './migrations/0013-budget.ts';
import { copiesByDestination } from './migrations/0014-copies-by-destination.ts';
import type { ArchiveDatabase } from './open-database.ts';
import type { Tables } from './tables.ts';

/** A step from one version of the tables to the next. Never changed once it was released. */
export type Migration = (transaction: Transaction<Tables>) => Promise<void>;

/** In order: the first one makes version 1. */
export const allMigrations: readonly Migration[] = [
  firstTables,
  inboxByDone,
  facets,
  findings,
  routes,
  timers,
  jobTickets,
  alarms,
  jobTasks,
  subscription,
  versionChecks,
  writeBackTables,
  budget,
  copiesByDestination,
];

/** Any number will do, as long as it stays the same. */
const lockNumber = 7_219_311;

/** Brings the tables up to date, in one transaction. Safe to run from several processes at once. */
export async function migrate(
  database: Kysely<Tables>,
  engine: ArchiveDatabase['engine'],
  migrations: readonly Migration[] = allMigrations,
): Promise<void> {
  if ((await currentVersion(database, engine)) === migrations.length) return;
  await database.transaction().execute(async (transaction) => {
    if (engine === 'postgres') await raw`select pg_advisory_xact_lock(${raw.lit(lockNumber)})`.execute(transaction);
    await transaction.schema
      .createTable('archive_schema')
      .ifNotExists()
      .addColumn('version', 'integer', (column) => column.primaryKey())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute();
    const version = await newestVersion(transaction);
    if (version > migrations.length) throw newerSchema(version, migrations.length);
    for (const [index, apply] of migrations.entries()) {
      if (index < version) continue;
      await apply(transaction);
      await transaction
        .insertInto('archive_schema')
        .values({ version: index + 1, applied_at: Date.now() })
        .execute();
    }
  });
}

/** 0 for a database that this package has never seen. */
async function currentVersion(database: Kysely<Tables>, engine: ArchiveDatabase['engine']): Promise<number> {
  const { rows } =
    engine === 'postgres'
      ? await raw`select 1 where to_regclass('archive_schema') is not null`.execute(database)
      : await raw`select 1 from sqlite_master where type = 'table' and name = 'archive_schema'`.execute(database);
  return rows.length === 0 ? 0 : newestVersion(database);
}

async function newestVersion(database: Kysely<Tables>): Promise<number> {
  const row = await database
    .selectFrom('archive_schema')
    .select(({ fn }) => fn.max('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? 0;
}

function newerSchema(version: number, known: number): LedgerError {
  return new LedgerError(`The archive's tables are of version ${version}; this package knows ${known}.`, {
    code: 'ledger.migration_required',
    recovery: 'operator',
    hint: 'A newer @spotdraft-archive/service has used this database. Install that version, or a later one, here as well.',
    details: { version, known },
  });
}
