import type { Kysely } from 'kysely';
import type { JobState, Tables } from '../database/tables.ts';

/** The states of jobs that are not done, in the order in which a job may go through them. */
export const openStates: readonly Exclude<JobState, 'done'>[] = ['waiting', 'running', 'parked', 'dead'];

/** How many contracts are in the queue, by state. */
export type JobCounts = Readonly<Record<Exclude<JobState, 'done'>, number>>;

export async function countJobsByState(database: Kysely<Tables>): Promise<JobCounts> {
  const rows = await database
    .selectFrom('archive_jobs')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('state', 'in', openStates)
    .groupBy('state')
    .execute();
  const counts = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  return { waiting: 0, running: 0, parked: 0, dead: 0, ...counts };
}

/** When the oldest webhook came whose work is not done, in milliseconds since 1970. */
export async function oldestOpenEvent(database: Kysely<Tables>): Promise<number | undefined> {
  const row = await database
    .selectFrom('archive_inbox')
    .select(({ fn }) => fn.min('received_at').as('receivedAt'))
    .where('done_at', 'is', null)
    .executeTakeFirst();
  return row?.receivedAt ?? undefined;
}

/** When the newest webhook came, in milliseconds since 1970. */
export async function newestEvent(database: Kysely<Tables>): Promise<number | undefined> {
  const row = await database
    .selectFrom('archive_inbox')
    .select(({ fn }) => fn.max('received_at').as('receivedAt'))
    .executeTakeFirst();
  return row?.receivedAt ?? undefined;
}
