import type { Logger } from '@spotdraft-archive/core';
import { sql as raw } from 'kysely';
import { type Db, fromKysely, type JobAttempt } from 'pg-boss';
import type { ArchiveDatabase } from '../../database/open-database.ts';
import { translated } from '../../database/with-ledger-errors.ts';
import type { JobQueue, WaitingJob } from '../job-queue.ts';
import { claimRecord } from './claim-record.ts';
import { queueSchemaOf } from './queue-schema.ts';
import { sendMissingTickets } from './send-missing-tickets.ts';
import { queueName, startPgBoss } from './start-pg-boss.ts';
import type { Ticket } from './ticket.ts';

export interface PgBossQueueOptions {
  /** A secret. */
  readonly connectionString: string;
  readonly leaseMs: number;
  readonly now: () => number;
  /** Called when some process has sent a job that is due. */
  readonly wake: () => void;
  readonly logger: Logger | undefined;
}

/**
 * The queue of any number of machines: pg-boss, in the same database and the same transactions as the records.
 *
 * Throws `LedgerError` `ledger.unavailable` when pg-boss cannot make its tables.
 */
export async function openPgBossQueue({ sql }: ArchiveDatabase, options: PgBossQueueOptions): Promise<JobQueue> {
  const { connectionString, leaseMs, now, wake, logger } = options;
  const { rows } = await raw<{ schema: string }>`select current_schema() as schema`.execute(sql);
  const schema = queueSchemaOf(rows[0]?.schema ?? 'public');
  const { rows: found } = await raw`select 1 where to_regnamespace(${schema}) is not null`.execute(sql);
  const createSchema = found.length === 0;
  const boss = await translated(() => startPgBoss({ connectionString, schema, createSchema, leaseMs, logger }));
  const listener = await listen(boss.getDb(), { channel: schema, wake, logger });

  const queue: JobQueue = {
    async claim() {
      for (;;) {
        const [sent] = await translated(() => boss.fetch<Ticket>(queueName));
        if (sent === undefined) return undefined;
        const job = await claimRecord(sql, { ticket: sent.data, leaseToken: tokenOf(sent) });
        if (job) return job;
        await translated(() => boss.complete(queueName, attemptOf(tokenOf(sent))));
      }
    },
    async extend({ leaseToken }) {
      // Its type does not say what it answers. https://pgboss.io/api/jobs
      const answer: { readonly affected?: number } = await translated(() => boss.touch(queueName, attemptOf(leaseToken)));
      return answer.affected !== 0;
    },
    async send(transaction, jobs) {
      if (jobs.length === 0) return;
      const tickets = jobs.map((job) => toSend(job, now()));
      await translated(() => boss.insert(queueName, tickets, { db: fromKysely(transaction) }));
      if (jobs.every((job) => job.due_at > now())) return;
      await raw`select pg_notify(${schema}, '')`.execute(transaction);
    },
    async complete(transaction, { leaseToken }) {
      await translated(() => boss.complete(queueName, attemptOf(leaseToken), null, { db: fromKysely(transaction) }));
    },
    async close() {
      await listener?.close();
      await boss.stop({ graceful: false });
    },
  };
  try {
    await sendMissingTickets({ sql, queue }, schema);
    return queue;
  } catch (error) {
    await queue.close();
    throw error;
  }
}

function toSend({ subject, contract_number: contractNumber, ticket, due_at: dueAt }: WaitingJob, now: number) {
  const data: Ticket = { subject, contractNumber, ticket };
  // Seconds from now on the server's clock, so that machines need not agree on the time.
  return { data, singletonKey: String(contractNumber), startAfter: Math.max(dueAt - now, 0) / 1_000 };
}

/** pg-boss counts how often it has delivered a job, and lets nobody end a delivery but the last one. */
function tokenOf({ id, retryCount }: JobAttempt): string {
  return `${id}/${retryCount}`;
}

function attemptOf(leaseToken: string): JobAttempt {
  const [id = '', retryCount] = leaseToken.split('/');
  return { id, retryCount: Number(retryCount) };
}

interface ListenOptions extends Pick<PgBossQueueOptions, 'wake' | 'logger'> {
  readonly channel: string;
}

/** Hears of jobs that other processes send. Without it, as behind a pooler, they are found by looking. */
async function listen(db: Db, { channel, wake, logger }: ListenOptions): Promise<{ close(): Promise<void> } | undefined> {
  try {
    return await db.listen?.(channel, wake, wake);
  } catch {
    logger?.warn(
      { hint: 'Jobs of other processes are found a little later: LISTEN needs a connection of its own.' },
      'service.cannot_listen',
    );
    return undefined;
  }
}
