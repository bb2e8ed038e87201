import { randomUUID } from 'node:crypto';
import type { ExpressionBuilder, Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { claimedJobOf } from './claimed-job.ts';
import type { JobQueue } from './job-queue.ts';

export interface TableQueueOptions {
  /** How long a job stays with a worker that is not heard of. */
  readonly leaseMs: number;
  readonly now: () => number;
}

/** The queue of processes on one machine: the records themselves, taken for as long as a lease. For SQLite, where one writes at a time. */
export function tableQueue(sql: Kysely<Tables>, { leaseMs, now }: TableQueueOptions): JobQueue {
  return {
    async claim() {
      const leaseToken = randomUUID();
      const row = await sql
        .updateTable('archive_jobs')
        .set((eb) => ({
          state: 'running' as const,
          lease_token: leaseToken,
          lease_until: now() + leaseMs,
          claimed: eb.ref('wanted'),
          attempts: eb('attempts', '+', 1),
        }))
        .where((eb) => eb('subject', '=', nextSubject(eb, now())))
        .returningAll()
        .executeTakeFirst();
      return row && claimedJobOf(row, leaseToken);
    },
    async extend({ subject, leaseToken }) {
      const { numUpdatedRows } = await sql
        .updateTable('archive_jobs')
        .set({ lease_until: now() + leaseMs })
        .where('subject', '=', subject)
        .where('lease_token', '=', leaseToken)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    // The records say all there is to say.
    async send() {},
    async complete() {},
    async close() {},
  };
}

/** What a dead worker has left comes first: it was due before. Each half is found by an index, however many jobs wait. */
function nextSubject(builder: ExpressionBuilder<Tables, 'archive_jobs'>, now: number) {
  const candidates = builder.selectFrom('archive_jobs as candidate').select('candidate.subject').orderBy('candidate.due_at').limit(1);
  const abandoned = candidates.where('candidate.state', '=', 'running').where('candidate.lease_until', '<', now);
  const due = candidates
    .where('candidate.state', '=', 'waiting')
    .where('candidate.due_at', '<=', now)
    .where((eb) => eb.not(eb.exists(runningOf(eb))));
  return builder.fn.coalesce(abandoned, due);
}

/** Jobs of the candidate's contract number that are worked on. */
function runningOf(builder: ExpressionBuilder<Tables & { candidate: Tables['archive_jobs'] }, 'candidate'>) {
  return builder
    .selectFrom('archive_jobs as other')
    .select('other.subject')
    .whereRef('other.contract_number', '=', 'candidate.contract_number')
    .where('other.state', '=', 'running');
}
