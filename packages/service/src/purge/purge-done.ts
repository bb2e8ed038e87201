import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export interface PurgeOptions {
  /** What was done before, in milliseconds since 1970, goes. */
  readonly before: number;
  readonly signal?: AbortSignal | undefined;
}

/** A statement that deletes more would hold up webhooks. */
const rowsAtOnce = 1_000;

/**
 * Deletes events and jobs that were done long ago, and answers how many. Receipts, the index and dead letters stay for ever.
 *
 * A webhook that is delivered again after its event is gone causes a job that finds every receipt, so nothing is stored twice. Safe to repeat.
 */
export async function purgeDone(database: Kysely<Tables>, { before, signal }: PurgeOptions): Promise<number> {
  const events = () =>
    database
      .deleteFrom('archive_inbox')
      .where('delivery_id', 'in', (eb) =>
        eb.selectFrom('archive_inbox').select('delivery_id').where('done_at', '<', before).limit(rowsAtOnce),
      )
      .executeTakeFirst();
  const jobs = () =>
    database
      .deleteFrom('archive_jobs')
      // Again here: one that was asked for meanwhile is not done any more.
      .where('state', '=', 'done')
      .where('subject', 'in', (eb) =>
        eb.selectFrom('archive_jobs').select('subject').where('state', '=', 'done').where('due_at', '<', before).limit(rowsAtOnce),
      )
      .executeTakeFirst();

  let deleted = 0;
  for (const deletePage of [events, jobs]) {
    for (let count = rowsAtOnce; count === rowsAtOnce; deleted += count) {
      signal?.throwIfAborted();
      count = Number((await deletePage()).numDeletedRows);
    }
  }
  return deleted;
}
