import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { type FlushedLog, flushedLog } from './flushed-log.ts';

/** How long opening waits for another process that is doing the same, in milliseconds. */
const openTimeoutMs = 10_000;

/** A SQLite file in the shape that Kysely's dialect expects. */
export interface NodeSqlite extends SqliteDatabase {
  /** How many statements have run that may have changed something. */
  writes(): number;
  /** Resolves when what was committed so far survives a power cut. Rejects when the disk fails. */
  flush(): Promise<void>;
  /** To be called before `close`. */
  closeLog(): Promise<void>;
}

/**
 * Opens one SQLite file. Several processes may have it open.
 *
 * What was committed survives a crash of the process at once, and a crash of the machine when `flush` has resolved.
 */
export function openNodeSqlite(file: string): NodeSqlite {
  const database = new DatabaseSync(file, { timeout: openTimeoutMs });
  try {
    return prepared(database, file);
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepared(database: DatabaseSync, file: string): NodeSqlite {
  // While another process does this to a new file it fails at once, whatever the timeout: `waitWhileBusy` opens the file again.
  const journal = database.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
  // With NORMAL the last commits are in the log but may be lost in a power cut, until the log is flushed. SQLite's own flush, with FULL, is one for
  // each commit, and blocks the process meanwhile. https://www.sqlite.org/pragma.html#pragma_synchronous
  // A file system without shared memory has no such log.
  const log: FlushedLog = journal === 'wal' ? flushedLog(`${file}-wal`) : noLog;
  database.exec(`PRAGMA synchronous = ${log === noLog ? 'FULL' : 'NORMAL'}`);
  // From here on `waitWhileBusy` waits: SQLite's own waiting blocks the process.
  database.exec('PRAGMA busy_timeout = 0');
  const prepare = keepingStatements((sql) => database.prepare(sql));
  let writes = 0;
  return {
    writes: () => writes,
    flush: () => log.flush(),
    closeLog: () => log.close(),
    close: () => database.close(),
    // A transaction takes the lock for writing at once. One that reads first and then writes would fail whenever another process wrote in between.
    // https://www.sqlite.org/lang_transaction.html
    prepare(sql) {
      if (!changesNothing.test(sql)) writes += 1;
      return statementOf(sql === 'begin' ? 'begin immediate' : sql, { database, prepare });
    },
  };
}

/** SQLite flushes by itself. */
const noLog: FlushedLog = { flush: async () => {}, close: async () => {} };

/** A statement that is taken for one that changes something costs a flush, nothing else. */
const changesNothing = /^\s*(?:select|begin|commit|rollback)\b/i;

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
