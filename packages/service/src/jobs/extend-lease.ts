import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { ClaimedJob } from './claim-job.ts';

/** Keeps a job for longer. False when another worker has taken it over. */
export async function extendLease(database: Kysely<Tables>, { subject, leaseToken }: ClaimedJob, until: number): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('archive_jobs')
    .set({ lease_until: until })
    .where('subject', '=', subject)
    .where('lease_token', '=', leaseToken)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
