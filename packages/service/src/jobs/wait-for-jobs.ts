import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

const firstLookMs = 10;
const slowestLookMs = 500;

/** Resolves when the job has had an attempt since it was asked for last, on whichever machine; also when the next attempt runs already. */
export async function untilAttempted(database: Kysely<Tables>, subject: string, signal: AbortSignal | undefined): Promise<void> {
  await until(async () => {
    const job = await database
      .selectFrom('archive_jobs')
      .select(['state', 'attempts', 'wanted', 'claimed'])
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (job?.state === 'waiting') return job.attempts > 0;
    // One that was asked for while it runs runs once more afterwards, and that is the attempt to wait for.
    return job?.state !== 'running' || (job.attempts > 1 && job.wanted === job.claimed);
  }, signal);
}

/** Resolves when no job is waiting or running. */
export async function untilIdle(database: Kysely<Tables>, signal: AbortSignal | undefined): Promise<void> {
  await until(async () => (await countOpenJobs(database)) === 0, signal);
}

export async function countOpenJobs(database: Kysely<Tables>): Promise<number> {
  const { count } = await database
    .selectFrom('archive_jobs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', 'in', ['waiting', 'running'])
    .executeTakeFirstOrThrow();
  return count;
}

/** Looks until it is so, less and less often. Rejects with the reason of `signal`. */
export async function until(isSo: () => Promise<boolean>, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  for (let pauseMs = firstLookMs; !(await isSo()); pauseMs = Math.min(pauseMs * 2, slowestLookMs)) {
    await delay(pauseMs, undefined, { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  }
}
