import { type FileHandle, open } from 'node:fs/promises';
import { groupFlush } from './group-flush.ts';

/** The file that SQLite writes commits to before anything else: the write-ahead log. */
export interface FlushedLog {
  /** Resolves when all that was written to the log before the call is on the disk. Rejects when the disk fails. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Flushes the write-ahead log of an open SQLite file, one time for all who wait.
 *
 * The log stays the same file for as long as a connection is open, and it has all commits in their order: what is flushed for one commit makes those
 * before it durable too, those of other processes included. A commit that has left the log is in the database file already, and flushed there.
 * https://www.sqlite.org/wal.html
 */
export function flushedLog(path: string): FlushedLog {
  let opened: Promise<FileHandle> | undefined;
  let isClosed = false;
  const flush = groupFlush(async () => {
    if (isClosed) throw new Error('The database is closed.');
    // It comes into being with the first commit.
    opened ??= open(path, 'r+').catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    await (await opened).datasync();
  });
  return {
    flush,
    async close() {
      isClosed = true;
      const handle = await opened?.catch(() => undefined);
      // Waits for a flush that runs.
      await handle?.close();
    },
  };
}
