import type { ContractRow } from '@spotdraft-archive/core';
import type { Selectable } from 'kysely';
import { type JsonText, readJson } from '../database/json-column.ts';
import type { JobsTable } from '../database/tables.ts';
import type { JobTask } from '../tasks/job-task.ts';
import type { JobFailures } from './job-failure.ts';

/** A job that this process may work on, until another worker takes it over. */
export interface ClaimedJob {
  readonly subject: string;
  readonly contractNumber: number;
  readonly contractId: string | undefined;
  readonly task: JobTask;
  /** This attempt included. */
  readonly attempts: number;
  /** Names this claim among all claims of the job. */
  readonly leaseToken: string;
  readonly failures: JobFailures | undefined;
  /** A list row of the contract, and when it was read. */
  readonly hint: { readonly row: JsonText<ContractRow>; readonly readAt: number } | undefined;
}

/** Reads the record of a job that was just claimed. */
export function claimedJobOf(row: Selectable<JobsTable>, leaseToken: string): ClaimedJob {
  return {
    subject: row.subject,
    contractNumber: row.contract_number,
    contractId: row.contract_id ?? undefined,
    task: row.task,
    attempts: row.attempts,
    leaseToken,
    failures: readJson(row.failures),
    hint: row.hint === null || row.hint_at === null ? undefined : { row: row.hint, readAt: row.hint_at },
  };
}
