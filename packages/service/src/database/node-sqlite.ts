import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** How long opening waits for another process that is doing the same, in milliseconds. */
const openTimeoutMs = 10_000;

/**
 * Opens one SQLite file in the shape that Kysely's dialect expects.
 *
 * Several processes may have it open. What was committed survives a crash of the process and of the machine.
 */
export function openNodeSqlite(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: openTimeoutMs });
  database.exec('PRAGMA journal_mode = WAL');
  // WAL alone would lose the last commits in a power cut; an accepted webhook must survive one.
  database.exec('PRAGMA synchronous = FULL');
  // From here on `waitWhileBusy` waits: SQLite's own waiting blocks the process.
  database.exec('PRAGMA busy_timeout = 0');
  return {
    close: () => database.close(),
    // A transaction takes the lock for writing at once. One that reads first and then writes would fail whenever another process wrote in between.
    // https://www.sqlite.org/lang_transaction.html
    prepare: (sql) => statementOf(database, sql === 'begin' ? 'begin immediate' : sql),
  };
}

// A statement that answers rows. `StatementSync.columns()` would tell, but Node 22.13 has no such method.
const answersRows = /^\s*(?:select|with)\b|\breturning\b/i;

function statementOf(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = database.prepare(sql);
  return {
    reader: answersRows.test(sql),
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}

/** Kysely hands over what was given to its typed builders: text, numbers and null. */
function values(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters as readonly SQLInputValue[];
}
