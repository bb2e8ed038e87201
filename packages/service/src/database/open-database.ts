import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { DatabaseOptions } from './database-options.ts';
import { migrate } from './migrate.ts';
import { openNodeSqlite } from './node-sqlite.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';
import { withLedgerErrors } from './with-ledger-errors.ts';

/** An open database whose tables are up to date. */
export interface ArchiveDatabase {
  readonly engine: 'sqlite' | 'postgres';
  readonly sql: Kysely<Tables>;
  close(): Promise<void>;
}

/**
 * Opens the database and brings its tables up to date.
 *
 * Throws `LedgerError`: `ledger.unavailable` when it cannot be opened or written to, `ledger.migration_required` when a newer version of this
 * package has changed its tables. Nothing stays open then.
 */
export async function openDatabase(options: DatabaseOptions): Promise<ArchiveDatabase> {
  const engine = options.dataDir === undefined ? 'postgres' : 'sqlite';
  const sql = connect(options);
  try {
    await migrate(sql, engine);
    await proveWritable(sql);
  } catch (error) {
    await sql.destroy();
    throw error;
  }
  return { engine, sql, close: () => sql.destroy() };
}

/** Opens the database as it is. */
export function connect(options: DatabaseOptions): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: withLedgerErrors(dialectFor(options)) });
}

/** A database that can only be read would take the first webhook and fail. */
async function proveWritable(sql: Kysely<Tables>): Promise<void> {
  await sql
    .updateTable('archive_schema')
    .set((eb) => ({ applied_at: eb.ref('applied_at') }))
    .execute();
}

function dialectFor(options: DatabaseOptions): Dialect {
  if (options.dataDir === undefined) return new PostgresDialect({ pool: async () => createPool(options.connectionString) });
  const { dataDir } = options;
  return sqliteDialect(() => {
    mkdirSync(dataDir, { recursive: true });
    return openNodeSqlite(join(dataDir, 'archive.sqlite'));
  });
}

function createPool(connectionString: string): Pool {
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: 10_000,
    // Milliseconds and counters fit a number; pg would give text.
    types: { getTypeParser: (type, format) => (type === types.builtins.INT8 ? Number : types.getTypeParser(type, format)) },
  });
  // A connection that breaks while it is idle is replaced by the pool. Without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}
