import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import type { TimerRun } from './timer-run.ts';

/** The right to run a timer's work until the lease ends. */
export interface ClaimedTimer {
  readonly name: string;
  readonly leaseToken: string;
}

export interface ClaimTimerOptions {
  readonly now: number;
  readonly leaseMs: number;
}

/** Makes a timer known. One that is due later than `dueAt` becomes due then, so that a shorter interval counts at once. */
export async function announceTimer(database: Kysely<Tables>, name: string, dueAt: number): Promise<void> {
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
  const { numUpdatedRows } = await database
    .updateTable('archive_timers')
    .set({ lease_token: leaseToken, lease_until: now + leaseMs })
    .where('name', '=', name)
    .where('due_at', '<=', now)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<', now)]))
    .executeTakeFirst();
  return numUpdatedRows > 0n ? { name, leaseToken } : undefined;
}

/** Keeps a timer for longer. False when another process has taken it over. */
export async function extendTimer(database: Kysely<Tables>, { name, leaseToken }: ClaimedTimer, until: number): Promise<boolean> {
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
  readonly dueAt: number;
  /** Absent when it was interrupted. */
  readonly run?: TimerRun | undefined;
}

/** Lets a timer go. Changes nothing when another process has taken it over. */
export async function finishTimer(
  database: Kysely<Tables>,
  { name, leaseToken }: ClaimedTimer,
  { dueAt, run }: FinishedTimer,
): Promise<void> {
  await database
    .updateTable('archive_timers')
    .set({ due_at: dueAt, lease_token: null, lease_until: null, ...(run && { last_run: writeJson(run) }) })
    .where('name', '=', name)
    .where('lease_token', '=', leaseToken)
    .execute();
}

/** When a timer is due, in milliseconds since 1970; for one that runs, when its lease ends. */
export async function nextLookAt(database: Kysely<Tables>, name: string): Promise<number> {
  const row = await database.selectFrom('archive_timers').select(['due_at', 'lease_until']).where('name', '=', name).executeTakeFirst();
  return Math.max(row?.due_at ?? 0, row?.lease_until ?? 0);
}

/** A timer, its last run, and the next. */
export interface TimerStatus {
  readonly name: string;
  readonly nextAt: Date;
  readonly isRunning: boolean;
  readonly lastRun?: TimerRun | undefined;
}

export async function listTimers(database: Kysely<Tables>, now: number): Promise<readonly TimerStatus[]> {
  const rows = await database.selectFrom('archive_timers').selectAll().orderBy('name').execute();
  return rows.map(({ name, due_at: dueAt, lease_until: leaseUntil, last_run: lastRun }) => ({
    name,
    nextAt: new Date(dueAt),
    isRunning: leaseUntil !== null && leaseUntil >= now,
    lastRun: readJson(lastRun),
  }));
}
