import type { ArchiveDatabase } from '../database/open-database.ts';
import type { JobQueue } from './job-queue.ts';
import { openPgBossQueue, type PgBossQueueOptions } from './pg-boss/pg-boss-queue.ts';
import { tableQueue } from './table-queue.ts';

export type JobQueueOptions = Omit<PgBossQueueOptions, 'connectionString'> & { readonly connectionString: string | undefined };

/** Opens the queue that fits the database: its own table on SQLite, pg-boss on a PostgreSQL server. */
export async function openJobQueue(database: ArchiveDatabase, options: JobQueueOptions): Promise<JobQueue> {
  const { connectionString } = options;
  return connectionString === undefined ? tableQueue(database.sql, options) : openPgBossQueue(database, { ...options, connectionString });
}
