import type { ContractRow } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import type { JobState, Tables } from '../database/tables.ts';

/** A job that is not done. */
export interface OpenJob {
  readonly state: Exclude<JobState, 'done'>;
  /** True when it is about to run, or runs, and nothing has failed yet. */
  readonly isQueued: boolean;
}

export interface OpenJobs {
  readonly archive?: OpenJob | undefined;
  readonly writeBack?: OpenJob | undefined;
}

/** The jobs of some contracts that are not done, by composite id. */
export async function openJobs(database: Kysely<Tables>, rows: readonly ContractRow[]): Promise<ReadonlyMap<string, OpenJobs>> {
  const numbers = rows.map((row) => row.numericId);
  const found = await database
    .selectFrom('archive_jobs')
    .select(['subject', 'contract_id', 'task', 'state', 'failures'])
    .where('contract_number', 'in', numbers)
    .where('task', 'in', ['archive', 'write-back'])
    .where('state', '!=', 'done')
    .execute();
  const jobs = new Map<string, OpenJobs>();
  for (const { subject, contract_id: id, task, state, failures } of found) {
    if (state === 'done') continue;
    const contractId = id ?? asId(subject);
    const job = { state, isQueued: failures === null && (state === 'waiting' || state === 'running') };
    jobs.set(contractId, { ...jobs.get(contractId), ...(task === 'archive' ? { archive: job } : { writeBack: job }) });
  }
  return jobs;
}

/** Webhooks name T contracts by their number alone. */
function asId(subject: string): string {
  return /^\d+$/.test(subject) ? `T-${subject}` : subject;
}
