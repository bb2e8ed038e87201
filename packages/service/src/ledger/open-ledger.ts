import type { Ledger } from '@spotdraft-archive/core';
import { checkDatabase, type DatabaseOptions } from '../database/database-options.ts';
import { openDatabase } from '../database/open-database.ts';
import { sqlLedger } from './sql-ledger.ts';

/** A ledger whose database has to be closed. */
export interface OpenLedger extends Ledger {
  close(): Promise<void>;
}

/**
 * Opens the service's ledger by itself, for programs that have a queue of their own and call `archiveContract`. Any number of processes, and
 * services too, may use the same database.
 *
 * Throws `ConfigurationError` for wrong options, and `LedgerError`: `ledger.unavailable` when the database cannot be opened or written to,
 * `ledger.migration_required` when a newer version of this package has used it.
 *
 * @example
 * const ledger = await openLedger({ connectionString: process.env.DATABASE_URL });
 * await archiveContract('T-19589', { spotdraft, destinations, ledger });
 */
export async function openLedger(options: DatabaseOptions): Promise<OpenLedger> {
  checkDatabase(options, 'options');
  const database = await openDatabase(options);
  return { ...sqlLedger(database.sql), close: () => database.close() };
}
