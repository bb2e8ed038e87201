import { LedgerError, type Logger } from '@spotdraft-archive/core';
import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { jobFailureOf } from '../jobs/job-failure.ts';
import { announceTimer, type ClaimedTimer, claimTimer, extendTimer, finishTimer, untilNextLook } from './claim-timer.ts';
import { later, type Moment } from './moment.ts';
import { type Loop, startLoop } from './start-loop.ts';
import type { TimerResult } from './timer-run.ts';

export interface TimerContext {
  readonly database: Kysely<Tables>;
  readonly logger: Logger | undefined;
  readonly now: () => number;
  /** What timers go by: the clock that all processes on the database share, however their own differ. @default the process's own clock */
  readonly databaseNow?: RawBuilder<number> | undefined;
  /** A process that was not heard of for so long is taken for dead, in milliseconds. @default 60_000 */
  readonly leaseMs?: number | undefined;
}

export interface Timer {
  readonly name: string;
  /** In milliseconds. */
  readonly everyMs: number;
  /** Whether it runs at each start as well. @default false */
  readonly isDueAtStart?: boolean | undefined;
  /** May run again after a crash, and in two processes when one of them was not heard of for too long. */
  readonly run: (signal: AbortSignal) => Promise<TimerResult>;
}

const usualLeaseMs = 60_000;
/** A run that failed is repeated after so long, unless it is due earlier. */
const longestPauseAfterFailureMs = 300_000;
/** How often a timer is looked for that another process may have changed. */
const longestPauseMs = 60_000;

/** Runs something on a timer, once for all processes on the database. A run that was due while no process ran is made up for at the next start. */
export function startTimer(timer: Timer, context: TimerContext): Loop {
  const { name, everyMs, isDueAtStart = false } = timer;
  const { database, logger, leaseMs = usualLeaseMs } = context;
  let isAnnounced = false;
  const work = async (signal: AbortSignal): Promise<number> => {
    if (!isAnnounced) await announceTimer(database, name, later(nowOf(context), isDueAtStart ? 0 : everyMs));
    isAnnounced = true;
    const claimed = await claimTimer(database, name, { now: nowOf(context), leaseMs });
    if (claimed) await runClaimed(claimed, { timer, context, signal });
    // Never at once: the other process' lease may end in this very moment.
    return Math.min(Math.max(await untilNextLook(database, name, nowOf(context)), Math.min(everyMs, 10)), longestPauseMs);
  };
  const onError = (error: unknown): void => logger?.error({ timer: name, ...jobFailureOf(error) }, 'service.interrupted');
  return startLoop(work, { pauseAfterFailureMs: Math.min(everyMs, longestPauseMs), onError });
}

function nowOf({ databaseNow, now }: TimerContext): Moment {
  return databaseNow ?? now();
}

interface Claim {
  readonly timer: Timer;
  readonly context: TimerContext;
  readonly signal: AbortSignal;
}

async function runClaimed(claimed: ClaimedTimer, { timer, context, signal }: Claim): Promise<void> {
  const { database, logger, now, leaseMs = usualLeaseMs } = context;
  const { claimedAt: startedAt } = claimed;
  const began = now();
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    const isOurs = await extendTimer(database, claimed, later(nowOf(context), leaseMs)).catch(() => undefined);
    if (isOurs === false) lost.abort(leaseLost(timer.name));
  };
  const heartbeat = setInterval(() => void beat(), leaseMs / 3);
  const times = () => ({ startedAt: new Date(startedAt).toISOString(), endedAt: new Date(startedAt + now() - began).toISOString() });
  try {
    const { looked, counts } = await timer.run(AbortSignal.any([signal, lost.signal]));
    const run = { ...times(), looked, counts };
    logger?.info({ timer: timer.name, ...run }, 'timer.finished');
    await finishTimer(database, claimed, { dueAt: startedAt + timer.everyMs, run });
  } catch (error) {
    // What was interrupted is due still, for the next process or the next start.
    if (signal.aborted) return await finishTimer(database, claimed, { dueAt: startedAt });
    const run = { ...times(), looked: 0, counts: {}, failure: jobFailureOf(error) };
    logger?.error({ timer: timer.name, ...run.failure }, 'timer.failed');
    await finishTimer(database, claimed, { dueAt: later(nowOf(context), Math.min(timer.everyMs, longestPauseAfterFailureMs)), run });
  } finally {
    clearInterval(heartbeat);
  }
}

function leaseLost(name: string): LedgerError {
  return new LedgerError(`Another process has taken over the timer "${name}".`, {
    code: 'ledger.lease_lost',
    recovery: 'retry',
    hint: 'Nothing is lost: the other process does what this one was about to do.',
    details: { name },
  });
}
