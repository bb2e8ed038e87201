import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import { later, type Moment } from './moment.ts';
import type { TimerRun } from './timer-run.ts';

/** The right to run a timer's work until the lease ends. */
export interface ClaimedTimer {
  readonly name: string;
  readonly leaseToken: string;
  /** Milliseconds since 1970, by the clock that it was claimed by. */
  readonly claimedAt: number;
}

/** What names a claim. */
type Claim = Pick<ClaimedTimer, 'name' | 'leaseToken'>;

export interface ClaimTimerOptions {
  readonly now: Moment;
  readonly leaseMs: number;
}

/** Makes a timer known. One that is due later than `dueAt` becomes due then, so that a shorter interval counts at once. */
export async function announceTimer(database: Kysely<Tables>, name: string, dueAt: Moment): Promise<void> {
  await database
    .insertInto('archive_timers')
    .values({ name, due_at: dueAt })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ due_at: dueAt }).where('archive_timers.due_at', '>', dueAt))
    .execute();
}

/** Takes a timer that is due; `undefined` when it is not, or when another process runs it. */
export async function claimTimer(
  database: Kysely<Tables>,
  name: string,
  { now, leaseMs }: ClaimTimerOptions,
): Promise<ClaimedTimer | undefined> {
  const leaseToken = randomUUID();
  const claimed = await database
    .updateTable('archive_timers')
    .set({ lease_token: leaseToken, lease_until: later(now, leaseMs) })
    .where('name', '=', name)
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', now)]))
    .returning('lease_until')
    .executeTakeFirst();
  return claimed && { name, leaseToken, claimedAt: (claimed.lease_until ?? 0) - leaseMs };
}

/** Keeps a timer for longer. False when another process has taken it over. */
export async function extendTimer(database: Kysely<Tables>, { name, leaseToken }: Claim, until: Moment): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('archive_timers')
    .set({ lease_until: until })
    .where('name', '=', name)
    .where('lease_token', '=', leaseToken)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface FinishedTimer {
  /** When it is due next. */
  readonly dueAt: Moment;
  /** Absent when it was interrupted. */
  readonly run?: TimerRun | undefined;
}

/** Lets a timer go. Changes nothing when another process has taken it over. */
export async function finishTimer(database: Kysely<Tables>, { name, leaseToken }: Claim, { dueAt, run }: FinishedTimer): Promise<void> {
  await database
    .updateTable('archive_timers')
    .set({ due_at: dueAt, lease_token: null, lease_until: null, ...(run && { last_run: writeJson(run) }) })
    .where('name', '=', name)
    .where('lease_token', '=', leaseToken)
    .execute();
}

/** How long until a timer is due, or until the lease of one that runs ends, in milliseconds. Negative when that was before. */
export async function untilNextLook(database: Kysely<Tables>, name: string, now: Moment): Promise<number> {
  const row = await database
    .selectFrom('archive_timers')
    .select((eb) => [eb('due_at', '-', now).as('dueIn'), eb('lease_until', '-', now).as('leaseIn')])
    .where('name', '=', name)
    .executeTakeFirst();
  return Math.max(row?.dueIn ?? 0, row?.leaseIn ?? 0);
}

/** A timer, its last run, and the next. */
export interface TimerStatus {
  readonly name: string;
  readonly nextAt: Date;
  readonly isRunning: boolean;
  readonly lastRun?: TimerRun | undefined;
}

export async function listTimers(database: Kysely<Tables>, now: Moment): Promise<readonly TimerStatus[]> {
  const rows = await database
    .selectFrom('archive_timers')
    .select((eb) => ['name', 'due_at', 'last_run', eb('lease_until', '-', now).as('leaseIn')])
    .orderBy('name')
    .execute();
  return rows.map(({ name, due_at: dueAt, leaseIn, last_run: lastRun }) => ({
    name,
    nextAt: new Date(dueAt),
    isRunning: leaseIn !== null && leaseIn >= 0,
    lastRun: readJson(lastRun),
  }));
}
