import { ArchiveError, LedgerError } from '@spotdraft-archive/core';
import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { databaseFailureOf } from './database-failure.ts';
import { waitWhileBusy } from './wait-while-busy.ts';

/** A dialect that waits for a SQLite file in use, and reports every failure of the database as `LedgerError` `ledger.unavailable`, with the database's own error as its cause. */
export function withLedgerErrors(dialect: Dialect): Dialect {
  return {
    createDriver: () => translatedDriver(dialect.createDriver()),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (database) => dialect.createIntrospector(database),
  };
}

function translatedDriver(driver: Driver): Driver {
  const wrappers = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const originals = new WeakMap<DatabaseConnection, DatabaseConnection>();

  const wrap = (connection: DatabaseConnection): DatabaseConnection => {
    const wrapper = wrappers.get(connection) ?? translatedConnection(connection);
    wrappers.set(connection, wrapper);
    originals.set(wrapper, connection);
    return wrapper;
  };
  const original = (wrapper: DatabaseConnection): DatabaseConnection => originals.get(wrapper) ?? wrapper;

  return {
    init: (options) => translated(() => waitWhileBusy(() => driver.init(options))),
    acquireConnection: (options) => translated(async () => wrap(await driver.acquireConnection(options))),
    beginTransaction: (connection, settings) =>
      translated(() => waitWhileBusy(() => driver.beginTransaction(original(connection), settings))),
    commitTransaction: (connection) => translated(() => driver.commitTransaction(original(connection))),
    // What made it roll back is what the caller has to hear of. SQLite has often rolled back by itself by then, and says so with an error.
    rollbackTransaction: (connection) => driver.rollbackTransaction(original(connection)).catch(() => {}),
    releaseConnection: (connection, options) => translated(() => driver.releaseConnection(original(connection), options)),
    destroy: (options) => driver.destroy(options),
  };
}

function translatedConnection(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: (query, options) => translated(() => waitWhileBusy(() => connection.executeQuery(query, options))),
    streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
  };
}

/** Does some work in the database, and throws its failure as `LedgerError`. */
export async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw ledgerErrorOf(error);
  }
}

export function ledgerErrorOf(cause: unknown): ArchiveError {
  if (ArchiveError.isInstance(cause)) return cause;
  const { problem, hint } = databaseFailureOf(cause);
  return new LedgerError(`The database of the archive service failed: ${problem}.`, {
    code: 'ledger.unavailable',
    recovery: 'retry',
    hint,
    cause,
  });
}
