import { type DatabaseConnection, type Dialect, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { NodeSqlite } from './node-sqlite.ts';

/**
 * Kysely's dialect for one SQLite file, with group commit: who has written waits until it would survive a power cut, but gives the connection to the
 * next one first. So one flush of the disk serves everybody who wrote meanwhile, and the process goes on with other things.
 */
export function sqliteDialect(open: () => NodeSqlite): Dialect {
  return {
    createDriver: () => new GroupCommitDriver(open),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SharedAdapter(),
    createIntrospector: (database) => new SqliteIntrospector(database),
  };
}

/** Kysely's own lock would be held until the flush is over; the driver has one that is not. */
class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class GroupCommitDriver extends SqliteDriver {
  #database: NodeSqlite | undefined;
  #lastTurn: Promise<void> = Promise.resolve();
  #endTurn: () => void = () => {};
  #writesBefore = 0;

  constructor(open: () => NodeSqlite) {
    super({
      database: async () => {
        this.#database = open();
        return this.#database;
      },
    });
  }

  /** One at a time, in the order in which they came. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    const turnBefore = this.#lastTurn;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lastTurn = promise;
    await turnBefore;
    this.#endTurn = resolve;
    this.#writesBefore = this.#database?.writes() ?? 0;
    return super.acquireConnection();
  }

  override async releaseConnection(): Promise<void> {
    const hasWritten = this.#database?.writes() !== this.#writesBefore;
    this.#endTurn();
    if (hasWritten) await this.#database?.flush();
  }

  override async destroy(): Promise<void> {
    try {
      await this.#database?.closeLog();
    } finally {
      await super.destroy();
    }
  }
}
