import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { type JobFailure, type JobFailures, source } from '../jobs/job-failure.ts';

/** Something that waits for a person. */
export interface Parked {
  /** The destination's name; `''` for SpotDraft itself. */
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string | undefined;
  readonly parkedAt: Date;
}

/** What no repeat mends, whichever contract is tried: credentials, access, the wrong address. */
const sourceCodes: ReadonlySet<string> = new Set(['spotdraft.unauthorized', 'spotdraft.forbidden', 'spotdraft.wrong_url']);

/** True when a failure concerns the whole destination, or all of SpotDraft, and not this contract alone. */
function isParking(name: string, { code, recovery }: JobFailure): boolean {
  if (recovery !== 'operator') return false;
  return name === source ? sourceCodes.has(code) : code.startsWith('destination.');
}

/** Parks what the failures say has to wait for a person, and keeps what was parked before. */
export async function park(database: Kysely<Tables>, failures: JobFailures, now: number): Promise<void> {
  const rows = Object.entries(failures)
    .filter(([name, failure]) => isParking(name, failure))
    .map(([name, { code, message, hint }]) => ({ name, code, message, hint: hint ?? null, parked_at: now }));
  if (rows.length === 0) return;
  await database
    .insertInto('archive_parked')
    .values(rows)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

export async function listParked(database: Kysely<Tables>): Promise<readonly Parked[]> {
  const rows = await database.selectFrom('archive_parked').selectAll().orderBy('parked_at').execute();
  return rows.map(({ parked_at: parkedAt, hint, ...row }) => ({ ...row, hint: hint ?? undefined, parkedAt: new Date(parkedAt) }));
}

/** Lets a destination, or everything, go on: its jobs become due, with all their attempts before them. */
export async function resume(
  database: Kysely<Tables>,
  { name, now }: { readonly name?: string | undefined; readonly now: number },
): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('archive_parked')
      .$if(name !== undefined, (query) => query.where('name', '=', name ?? ''))
      .execute();
    await transaction
      .updateTable('archive_jobs')
      .set({ state: 'waiting', due_at: now, attempts: 0 })
      .where('state', '=', 'parked')
      .execute();
  });
}
