import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { ClaimedJob } from './claimed-job.ts';

/**
 * Hands jobs to workers, in all processes on one database.
 *
 * What a job is, and what became of it, is written in its record in `archive_jobs`, and that record is the truth. A queue decides only who works
 * on it, and when: one worker at a time, and one job of a contract number at a time.
 *
 * Throws `LedgerError` `ledger.unavailable` when the database fails.
 */
export interface JobQueue {
  /** Takes the job that has been due longest, or one whose worker has died; `undefined` when there is none. */
  claim(): Promise<ClaimedJob | undefined>;
  /** Tells that a job is still worked on. False when another worker has taken it over. */
  extend(job: ClaimedJob): Promise<boolean>;
  /** Lets jobs be claimed when they are due. To be called in the transaction that wrote their records. */
  send(transaction: Kysely<Tables>, jobs: readonly WaitingJob[]): Promise<void>;
  /** Ends a claim. To be called in the transaction that wrote what became of the job. */
  complete(transaction: Kysely<Tables>, job: ClaimedJob): Promise<void>;
  /** Leaves what is claimed to others. */
  close(): Promise<void>;
}

/** A record that has begun to wait, as it is written in `archive_jobs`. */
export interface WaitingJob {
  readonly subject: string;
  readonly contract_number: number;
  readonly ticket: number;
  readonly due_at: number;
}

/** The columns of a `WaitingJob`. */
export const waitingJobColumns = ['subject', 'contract_number', 'ticket', 'due_at'] as const;

/** Where jobs are kept, and what hands them out. */
export interface JobStore {
  /** A transaction, when the caller has one open. */
  readonly sql: Kysely<Tables>;
  readonly queue: JobQueue;
}
