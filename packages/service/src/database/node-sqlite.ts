import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
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
  try {
    return prepared(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepared(database: DatabaseSync): SqliteDatabase {
  // While another process does this to a new file it fails at once, whatever the timeout: `waitWhileBusy` opens the file again.
  database.exec('PRAGMA journal_mode = WAL');
  // WAL alone would lose the last commits in a power cut; an accepted webhook must survive one.
  database.exec('PRAGMA synchronous = FULL');
  // From here on `waitWhileBusy` waits: SQLite's own waiting blocks the process.
  database.exec('PRAGMA busy_timeout = 0');
  const prepare = keepingStatements((sql) => database.prepare(sql));
  return {
    close: () => database.close(),
    // A transaction takes the lock for writing at once. One that reads first and then writes would fail whenever another process wrote in between.
    // https://www.sqlite.org/lang_transaction.html
    prepare: (sql) => statementOf(sql === 'begin' ? 'begin immediate' : sql, { database, prepare }),
  };
}

// A statement that answers rows. `StatementSync.columns()` would tell, but Node 22.13 has no such method.
const answersRows = /^\s*(?:select|with)\b|\breturning\b/i;

type Prepare = (sql: string) => StatementSync;

function statementOf(sql: string, { database, prepare }: { database: DatabaseSync; prepare: Prepare }): SqliteStatement {
  return {
    reader: answersRows.test(sql),
    all: (parameters) => prepare(sql).all(...values(parameters)),
    run: (parameters) => prepare(sql).run(...values(parameters)),
    // Others may ask the same while this one is read.
    iterate: (parameters) => database.prepare(sql).iterate(...values(parameters)),
  };
}

/** More than the service has, with those that store many webhooks at once counted for each number. */
const mostStatements = 300;

/** Prepares each statement once, and forgets the one that was not used for longest. */
function keepingStatements(prepare: Prepare): Prepare {
  const kept = new Map<string, StatementSync>();
  return (sql) => {
    const statement = kept.get(sql) ?? prepare(sql);
    kept.delete(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > mostStatements && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
}

/** Kysely hands over what was given to its typed builders: text, numbers and null. */
function values(parameters: readonly unknown[]): readonly SQLInputValue[] {
  return parameters as readonly SQLInputValue[];
}
