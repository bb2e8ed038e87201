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

/**
 * Looks from time to time whether what is parked is in order again, and resumes it. Each by itself: one that answers late, or with an error, holds
 * up no other.
 */
export function startRecheckLoop(options: RecheckOptions): Loop {
  const { database, recheckMs } = options;
  const underWay = new Map<string, Promise<void>>();
  const work = async (signal: AbortSignal): Promise<number> => {
    const parked = await listParked(database.sql);
    signal.throwIfAborted();
    for (const { name } of parked) {
      if (underWay.has(name)) continue;
      const looked = recheck(name, options, signal)
        // The next look comes soon enough.
        .catch(() => {})
        .finally(() => underWay.delete(name));
      underWay.set(name, looked);
    }
    return recheckMs;
  };
  const loop = startLoop(work, { firstPauseMs: recheckMs, pauseAfterFailureMs: recheckMs });
  return {
    ring: loop.ring,
    async stop() {
      await loop.stop();
      await Promise.all(underWay.values());
    },
  };
}

async function recheck(name: string, options: RecheckOptions, signal: AbortSignal): Promise<void> {
  const { database, queue, now, onResumed } = options;
  if (!(await isInOrder(name, options, signal))) return;
  await resume({ sql: database.sql, queue }, { name, now: now() });
  onResumed();
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
