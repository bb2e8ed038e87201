import type { Ledger, Logger } from '@spotdraft-archive/core';
import type { DatabaseOptions } from '../database/database-options.ts';
import { type ArchiveDatabase, openDatabase } from '../database/open-database.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { openJobQueue } from '../jobs/open-job-queue.ts';
import { sqlLedger } from '../ledger/sql-ledger.ts';

/** What a service remembers, and what hands out its work. All of it lies in one database. */
export interface ServiceState {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export interface OpenStateOptions {
  readonly leaseMs: number;
  readonly now: () => number;
  /** Called when some process has sent a job that is due. */
  readonly wake: () => void;
  readonly logger: Logger | undefined;
}

/** Opens the database and the queue in it, and leaves nothing open when either fails. Throws `LedgerError`. */
export async function openState(options: DatabaseOptions, queueOptions: OpenStateOptions): Promise<ServiceState> {
  const database = await openDatabase(options);
  try {
    const queue = await openJobQueue(database, { ...queueOptions, connectionString: options.connectionString });
    return {
      database,
      queue,
      ledger: sqlLedger(database.sql),
      async close() {
        await queue.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
