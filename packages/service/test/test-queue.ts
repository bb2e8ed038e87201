import { sql as raw } from 'kysely';
import { openDatabase } from '../src/database/open-database.ts';
import type { DatabaseOptions } from '../src/index.ts';
import type { JobStore } from '../src/jobs/job-queue.ts';
import { openJobQueue } from '../src/jobs/open-job-queue.ts';
import { queueSchemaOf } from '../src/jobs/pg-boss/queue-schema.ts';

/** The queue of a process that works on nothing by itself. */
export interface TestQueue {
  readonly store: JobStore;
  /** Makes every worker seem not to have been heard of for long. */
  readonly forgetWorkers: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openTestQueue(options: DatabaseOptions, wake: () => void = () => {}): Promise<TestQueue> {
  const database = await openDatabase(options);
  const { sql, engine } = database;
  const { connectionString } = options;
  const queue = await openJobQueue(database, { connectionString, leaseMs: 15_000, now: Date.now, wake, logger: undefined });
  return {
    store: { sql, queue },
    async forgetWorkers() {
      if (engine === 'sqlite') {
        await sql.updateTable('archive_jobs').set({ lease_until: 0 }).execute();
        return;
      }
      const { rows } = await raw<{ schema: string }>`select current_schema() as schema`.execute(sql);
      const jobs = raw.id(queueSchemaOf(rows[0]?.schema ?? ''), 'job');
      await raw`update ${jobs} set heartbeat_on = now() - interval '1 hour'`.execute(sql);
    },
    async close() {
      await queue.close();
      await database.close();
    },
  };
}
