import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { JobState, Tables } from '../database/tables.ts';
import { type JobFailure, source } from '../jobs/job-failure.ts';
import { subjectOf } from '../tasks/job-task.ts';

/** What became of the reference in SpotDraft. */
export interface WriteBackStatus {
  /** `written`, or how far its job is: `dead` waits for a person, see `deadLetters`. */
  readonly state: 'written' | Exclude<JobState, 'done'>;
  /** When something was written last. */
  readonly writtenAt?: Date | undefined;
  readonly failure?: JobFailure | undefined;
}

/** Undefined when nothing was written and nothing is about to be. */
export async function writeBackStatus(sql: Kysely<Tables>, contractId: string): Promise<WriteBackStatus | undefined> {
  const written = await sql
    .selectFrom('archive_write_backs')
    .select('written_at')
    .where('contract_id', '=', contractId)
    .where('text', '!=', '')
    .executeTakeFirst();
  const job = await sql
    .selectFrom('archive_jobs')
    .select(['state', 'failures'])
    .where('subject', '=', subjectOf('write-back', contractId))
    .executeTakeFirst();
  const isOpen = job !== undefined && job.state !== 'done';
  if (!written && !isOpen) return undefined;
  return {
    state: job !== undefined && job.state !== 'done' ? job.state : 'written',
    writtenAt: written && new Date(written.written_at),
    failure: readJson(job?.failures ?? null)?.[source],
  };
}
