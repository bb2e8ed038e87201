import { randomUUID } from 'node:crypto';
import { ArchiveError, type ContractRow } from '@spotdraft-archive/core';
import type { ExpressionBuilder, Selectable } from 'kysely';
import { type JsonText, readJson } from '../database/json-column.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import type { JobsTable, Tables } from '../database/tables.ts';
import type { JobFailures } from './job-failure.ts';

/** A job that this process may work on until its lease ends. */
export interface ClaimedJob {
  readonly subject: string;
  readonly contractNumber: number;
  readonly contractId: string | undefined;
  /** This attempt included. */
  readonly attempts: number;
  readonly leaseToken: string;
  readonly failures: JobFailures | undefined;
  /** A list row of the contract, and when it was read. */
  readonly hint: { readonly row: JsonText<ContractRow>; readonly readAt: number } | undefined;
}

export interface ClaimOptions {
  readonly now: number;
  readonly leaseMs: number;
}

/**
 * Takes the job that has been due longest, or one whose worker has died; `undefined` when there is none.
 *
 * Two workers never get the same job, nor two jobs of one contract number at a time.
 */
export async function claimJob({ engine, sql }: ArchiveDatabase, { now, leaseMs }: ClaimOptions): Promise<ClaimedJob | undefined> {
  const leaseToken = randomUUID();
  try {
    const row = await sql
      .updateTable('archive_jobs')
      .set((eb) => ({
        state: 'running' as const,
        lease_token: leaseToken,
        lease_until: now + leaseMs,
        claimed: eb.ref('wanted'),
        attempts: eb('attempts', '+', 1),
      }))
      .where('subject', '=', (eb) => nextSubject(eb, { engine, now }))
      .returningAll()
      .executeTakeFirst();
    return row && claimed(row, leaseToken);
  } catch (error) {
    if (isRunningAlready(error)) return undefined;
    throw error;
  }
}

interface NextOptions extends Pick<ClaimOptions, 'now'> {
  readonly engine: ArchiveDatabase['engine'];
}

/** Selects the job to take. Workers on PostgreSQL pass over a row that another one is just taking. */
function nextSubject(builder: ExpressionBuilder<Tables, 'archive_jobs'>, { engine, now }: NextOptions) {
  const candidates = builder.selectFrom('archive_jobs as candidate').select('candidate.subject');
  const next = candidates
    .where((eb) => {
      const others = eb
        .selectFrom('archive_jobs as other')
        .select('other.subject')
        .whereRef('other.contract_number', '=', 'candidate.contract_number')
        .where('other.state', '=', 'running');
      const isDue = eb.and([eb('candidate.state', '=', 'waiting'), eb('candidate.due_at', '<=', now), eb.not(eb.exists(others))]);
      const isAbandoned = eb.and([eb('candidate.state', '=', 'running'), eb('candidate.lease_until', '<', now)]);
      return eb.or([isDue, isAbandoned]);
    })
    .orderBy('candidate.due_at')
    .limit(1);
  return engine === 'postgres' ? next.forUpdate('candidate').skipLocked() : next;
}

function claimed(row: Selectable<JobsTable>, leaseToken: string): ClaimedJob {
  return {
    subject: row.subject,
    contractNumber: row.contract_number,
    contractId: row.contract_id ?? undefined,
    attempts: row.attempts,
    leaseToken,
    failures: readJson(row.failures),
    hint: row.hint === null || row.hint_at === null ? undefined : { row: row.hint, readAt: row.hint_at },
  };
}

// On PostgreSQL two workers may reach for two jobs of one number in the same instant; the index on running jobs lets one of them through.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
function isRunningAlready(error: unknown): boolean {
  const cause = ArchiveError.isInstance(error) ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '23505';
}
