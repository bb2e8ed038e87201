import type { Kysely } from 'kysely';
import { inTransaction } from '../database/in-transaction.ts';
import type { Tables } from '../database/tables.ts';
import { type JobFailure, type JobFailures, source } from '../jobs/job-failure.ts';
import { type JobStore, waitingJobColumns } from '../jobs/job-queue.ts';

/** Something that waits for a person. */
export interface Parked {
  /** The destination's name; `''` for SpotDraft itself. */
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly parkedAt: Date;
  /** True when no destination has this name any more. It stays parked until `resume(name)`, since the name may be missing by mistake. */
  readonly isRemoved?: boolean | undefined;
}

/** What no repeat mends, whichever contract is tried: credentials, access, the wrong address. */
const sourceCodes: ReadonlySet<string> = new Set(['spotdraft.unauthorized', 'spotdraft.forbidden', 'spotdraft.wrong_url']);

/** True when a failure concerns the whole destination, or all of SpotDraft, and not this contract alone. */
function isParking(name: string, { code, recovery }: JobFailure): boolean {
  if (recovery !== 'operator') return false;
  return name === source ? sourceCodes.has(code) : code.startsWith('destination.');
}

/**
 * Makes sure that all of these are parked until the transaction has ended, so that a `resume` finds what the transaction has parked for them.
 * False when one of them was resumed already.
 */
export async function keepParked(transaction: Kysely<Tables>, names: readonly string[]): Promise<boolean> {
  for (const name of names.toSorted()) {
    // Writing a row keeps others from deleting it, on both databases.
    const { numUpdatedRows } = await transaction
      .updateTable('archive_parked')
      .set((eb) => ({ parked_at: eb.ref('parked_at') }))
      .where('name', '=', name)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
  }
  return true;
}

/** Parks what the failures say has to wait for a person, and keeps what was parked before. Answers the names of what has to wait. */
export async function park(database: Kysely<Tables>, failures: JobFailures, now: number): Promise<readonly string[]> {
  const rows = Object.entries(failures)
    .filter(([name, failure]) => isParking(name, failure))
    .map(([name, { code, message, hint }]) => ({ name, code, message, hint: hint ?? null, parked_at: now }));
  if (rows.length === 0) return [];
  await database
    .insertInto('archive_parked')
    .values(rows)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return rows.map(({ name }) => name);
}

export async function listParked(database: Kysely<Tables>): Promise<readonly Parked[]> {
  const rows = await database.selectFrom('archive_parked').selectAll().orderBy('parked_at').execute();
  return rows.map(({ parked_at: parkedAt, hint, ...row }) => ({ ...row, hint: hint ?? undefined, parkedAt: new Date(parkedAt) }));
}

export interface ResumeOptions {
  /** Everything, when it is absent. */
  readonly name?: string | undefined;
  readonly now: number;
}

/** How many jobs are read at a time. */
const pageSize = 1_000;

/** Lets a destination, or everything, go on: its jobs become due, with all their attempts before them. */
export async function resume({ sql, queue }: JobStore, { name, now }: ResumeOptions): Promise<void> {
  await inTransaction(sql, async (transaction) => {
    await transaction
      .deleteFrom('archive_parked')
      .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
      .execute();
    for (let isMore = true; isMore; ) {
      const jobs = await transaction
        .updateTable('archive_jobs')
        .set((eb) => ({ state: 'waiting', due_at: now, attempts: 0, ticket: eb('ticket', '+', 1) }))
        .where('subject', 'in', (eb) => eb.selectFrom('archive_jobs').select('subject').where('state', '=', 'parked').limit(pageSize))
        .returning(waitingJobColumns)
        .execute();
      await queue.send(transaction, jobs);
      isMore = jobs.length === pageSize;
    }
  });
}
