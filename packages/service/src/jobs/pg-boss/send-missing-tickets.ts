import { type Kysely, sql as raw } from 'kysely';
import { inTransaction } from '../../database/in-transaction.ts';
import type { Tables } from '../../database/tables.ts';
import type { JobStore, WaitingJob } from '../job-queue.ts';

const pageSize = 1_000;

/**
 * Sends a ticket for every job that has none: those that waited before pg-boss was used, and those of a backup that was restored without
 * pg-boss's tables. Safe to repeat, and from several processes at once.
 */
export async function sendMissingTickets({ sql, queue }: JobStore, schema: string): Promise<void> {
  for (let isMore = true; isMore; ) {
    isMore = await inTransaction(sql, async (transaction) => {
      const jobs = await withoutTicket(transaction, schema);
      await queue.send(transaction, jobs);
      return jobs.length === pageSize;
    });
  }
}

async function withoutTicket(transaction: Kysely<Tables>, schema: string): Promise<readonly WaitingJob[]> {
  const { rows } = await raw<WaitingJob>`
    select subject, contract_number, ticket, greatest(due_at, lease_until) as due_at
    from archive_jobs
    where state in ('waiting', 'running') and not exists (
      select 1 from ${raw.id(schema, 'job')} as sent
      where sent.data ->> 'subject' = archive_jobs.subject
        and (sent.data ->> 'ticket')::integer = archive_jobs.ticket
        and sent.state < 'completed'
    )
    order by subject
    limit ${raw.lit(pageSize)}
    for update of archive_jobs`.execute(transaction);
  return rows;
}
