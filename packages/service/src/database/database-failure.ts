import { ArchiveError } from '@spotdraft-archive/core';

/** What a database's own error means to the person who has to mend it. */
export interface DatabaseFailure {
  /** Completes "The database of the archive service failed: …". */
  readonly problem: string;
  readonly hint: string;
}

const unknown: DatabaseFailure = {
  problem: 'see the cause',
  hint: 'The cause is the database’s own error: look at its disk, its permissions, and whether the server answers.',
};

const full: DatabaseFailure = {
  problem: 'its disk is full',
  hint: 'Make room on the disk of the database. What was accepted before is kept.',
};

const readOnly: DatabaseFailure = {
  problem: 'it cannot be written to',
  hint: 'Let the user that runs the service write to the database: for SQLite to the file and its folder, for PostgreSQL on the primary server.',
};

const broken: DatabaseFailure = {
  problem: 'its disk could not be read or written',
  hint: 'Look whether the disk is full or broken, and whether it is a local one.',
};

const unreachable: DatabaseFailure = {
  problem: 'the server does not answer',
  hint: 'Look whether the server runs, and whether host and port of "database.connectionString" are right.',
};

const credentials: DatabaseFailure = {
  problem: 'the server refused the user',
  hint: 'Correct user and password in "database.connectionString".',
};

/** By the lower byte of SQLite's result code. https://www.sqlite.org/rescode.html */
const ofSqlite: Readonly<Record<number, DatabaseFailure>> = {
  5: {
    problem: 'another program has been writing for too long',
    hint: 'Look what else has the file open, for example a backup or a database browser.',
  },
  8: readOnly,
  10: broken,
  11: { problem: 'its file is damaged', hint: 'Restore the file from a backup, then run repair for the time since.' },
  13: full,
  14: { problem: 'its file cannot be opened', hint: 'Make "database.dataDir" a folder that the user of the service may write to.' },
  26: { problem: 'its file is no database', hint: 'Something else lies at archive.sqlite in "database.dataDir": choose another folder.' },
};

/** By PostgreSQL's SQLSTATE, or by the code of the failed connection. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const ofPostgres: Readonly<Record<string, DatabaseFailure>> = {
  '25006': readOnly,
  '28000': credentials,
  '28P01': credentials,
  '3D000': { problem: 'there is no such database', hint: 'Create the database that "database.connectionString" names.' },
  '3F000': { problem: 'there is no such schema', hint: 'Create the schema that the search path names.' },
  '42501': {
    problem: 'the user may not do this',
    hint: 'Let the user create and change tables in the schema: GRANT USAGE, CREATE ON SCHEMA. The queue has a schema of its own beside it, named with _queue at its end: create it for the user, or GRANT CREATE ON DATABASE.',
  },
  '53100': full,
  '53300': { problem: 'the server has no connection left', hint: 'Raise max_connections of the server, or run fewer services on it.' },
  '57P01': unreachable,
  '57P02': unreachable,
  '57P03': unreachable,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  ETIMEDOUT: unreachable,
  // The folder could not be made.
  EACCES: readOnly,
  EROFS: readOnly,
  // The log of a SQLite file could not be flushed.
  EIO: broken,
  EDQUOT: full,
  ENOSPC: full,
};

/** How `pg` says that the server has closed the connection, which it does without a code. */
const lostConnection = 'Connection terminated';

/**
 * True for a failure of the database that is nobody's but its own: it is full, away, or refuses everybody. What it has against one statement, and
 * nobody knows the reason of, is not among them.
 */
export function isOutOfOrder(error: unknown): boolean {
  if (!ArchiveError.isInstance(error) || error.code !== 'ledger.unavailable') return false;
  return databaseFailureOf(error.cause) !== unknown;
}

/** Tells what a database's error means. Answers nothing of its text, which may hold anything. */
export function databaseFailureOf(error: unknown): DatabaseFailure {
  if (typeof error !== 'object' || error === null) return unknown;
  if ('errcode' in error && typeof error.errcode === 'number') return ofSqlite[error.errcode & 0xff] ?? unknown;
  if ('code' in error && typeof error.code === 'string') return ofPostgres[error.code] ?? unknown;
  return error instanceof Error && error.message.startsWith(lostConnection) ? unreachable : unknown;
}
