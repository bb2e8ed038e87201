import { ArchiveError } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { type ClaimedJob, claimedJobOf } from '../claimed-job.ts';
import type { Ticket } from './ticket.ts';

export interface RecordClaim {
  readonly ticket: Ticket;
  readonly leaseToken: string;
}

/** Marks the record of a job as running; `undefined` when the record does not wait for this ticket. */
export async function claimRecord(sql: Kysely<Tables>, claim: RecordClaim): Promise<ClaimedJob | undefined> {
  try {
    return await mark(sql, claim);
  } catch (error) {
    if (!isAnotherRunning(error)) throw error;
    await releaseOthers(sql, claim.ticket);
    return mark(sql, claim);
  }
}

async function mark(sql: Kysely<Tables>, { ticket, leaseToken }: RecordClaim): Promise<ClaimedJob | undefined> {
  const row = await sql
    .updateTable('archive_jobs')
    .set((eb) => ({
      state: 'running' as const,
      lease_token: leaseToken,
      claimed: eb.ref('wanted'),
      attempts: eb('attempts', '+', 1),
    }))
    .where('subject', '=', ticket.subject)
    .where('ticket', '=', ticket.ticket)
    // One that is running has lost its worker, or its ticket would not have come again.
    .where('state', 'in', ['waiting', 'running'])
    .returningAll()
    .executeTakeFirst();
  return row && claimedJobOf(row, leaseToken);
}

/**
 * Lets other jobs of this number wait again. Their worker is dead: pg-boss delivers one ticket of a number at a time, and this is it. Their own
 * ticket comes again by itself.
 */
async function releaseOthers(sql: Kysely<Tables>, { subject, contractNumber }: Ticket): Promise<void> {
  await sql
    .updateTable('archive_jobs')
    .set({ state: 'waiting', lease_token: null })
    .where('contract_number', '=', contractNumber)
    .where('state', '=', 'running')
    .where('subject', '!=', subject)
    .execute();
}

// Of the index that lets one job of a number be marked as running. https://www.postgresql.org/docs/current/errcodes-appendix.html
function isAnotherRunning(error: unknown): boolean {
  const cause = ArchiveError.isInstance(error) ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === '23505';
}
