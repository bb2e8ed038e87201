import type { Destinations, SpotDraftClient } from '@spotdraft-archive/core';
import type { ArchiveDatabase } from '../database/open-database.ts';
import { source } from '../jobs/job-failure.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { type Loop, startLoop } from '../schedule/start-loop.ts';
import { listParked, resume } from './parked.ts';

export interface RecheckOptions {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly recheckMs: number;
  readonly now: () => number;
  /** Called after something was resumed. */
  readonly onResumed: () => void;
}

/** Looks from time to time whether what is parked is in order again, and resumes it. */
export function startRecheckLoop(options: RecheckOptions): Loop {
  const { recheckMs } = options;
  const work = async (signal: AbortSignal): Promise<number> => {
    await recheck(options, signal);
    return recheckMs;
  };
  // The next look comes soon enough when the database does not answer.
  return startLoop(work, { firstPauseMs: recheckMs, pauseAfterFailureMs: recheckMs });
}

async function recheck(options: RecheckOptions, signal: AbortSignal): Promise<void> {
  const { database, queue, now, onResumed } = options;
  for (const { name } of await listParked(database.sql)) {
    if (!(await isInOrder(name, options, signal))) continue;
    await resume({ sql: database.sql, queue }, { name, now: now() });
    onResumed();
  }
}

async function isInOrder(name: string, { spotdraft, destinations }: RecheckOptions, signal: AbortSignal): Promise<boolean> {
  if (name === source) return answers(spotdraft, signal);
  return (await destinations[name]?.check({ signal }))?.ok ?? false;
}

/** Asks SpotDraft for the smallest list there is. */
async function answers(spotdraft: SpotDraftClient, signal: AbortSignal): Promise<boolean> {
  try {
    for await (const _contract of spotdraft.contracts.list({ status: 'EXECUTED', pageSize: 1, signal })) break;
    return true;
  } catch {
    return false;
  }
}
