import type { Kysely } from 'kysely';
import { connect } from '../../src/database/open-database.ts';
import type { Tables } from '../../src/database/tables.ts';
import type { DatabaseOptions } from '../../src/index.ts';

/** Looks into the inbox while the service works on it. */
export interface InboxWatch {
  /** Looks for events that are called done although their jobs are not. */
  readonly look: () => Promise<void>;
  /** What was seen that may never be. */
  readonly seen: ReadonlySet<string>;
  /** How many events are not done. */
  readonly countOpen: () => Promise<number>;
  readonly close: () => Promise<void>;
}

export function watchInbox(database: DatabaseOptions): InboxWatch {
  const sql = connect(database);
  const seen = new Set<string>();
  return {
    seen,
    async look() {
      for (const subject of await doneTooEarly(sql)) seen.add(`the event of ${subject} was called done before its job was`);
    },
    async countOpen() {
      return (await sql.selectFrom('archive_inbox').select('delivery_id').where('done_at', 'is', null).execute()).length;
    },
    close: () => sql.destroy(),
  };
}

async function doneTooEarly(sql: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await sql
    .selectFrom('archive_inbox as event')
    .innerJoin('archive_jobs as job', 'job.subject', 'event.subject')
    .select('job.subject')
    .where('event.done_at', 'is not', null)
    .where('job.state', '!=', 'done')
    // A later event of the same contract has opened the job again.
    .where((eb) => {
      const later = eb
        .selectFrom('archive_inbox as later')
        .select('later.subject')
        .whereRef('later.subject', '=', 'event.subject')
        .where('later.done_at', 'is', null);
      return eb.not(eb.exists(later));
    })
    .execute();
  return rows.map(({ subject }) => subject);
}
