import type { Destinations, SpotDraftClient } from '@spotdraft-archive/core';
import type { ArchiveDatabase } from '../database/open-database.ts';
import { Bell } from '../jobs/bell.ts';
import { source } from '../jobs/job-failure.ts';
import { listParked, resume } from './parked.ts';

export interface RecheckOptions {
  readonly database: ArchiveDatabase;
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly recheckMs: number;
  readonly now: () => number;
  /** Called after something was resumed. */
  readonly onResumed: () => void;
}

/** Looks from time to time whether what is parked is in order again, and resumes it. Answers how to stop. */
export function startRecheckLoop(options: RecheckOptions): () => Promise<void> {
  const stopping = new AbortController();
  const bell = new Bell();
  const loop = async (): Promise<void> => {
    for (;;) {
      await bell.wait(options.recheckMs, stopping.signal);
      if (stopping.signal.aborted) return;
      // The next look comes soon enough when the database does not answer.
      await recheck(options, stopping.signal).catch(() => {});
    }
  };
  const ended = loop();
  return () => {
    stopping.abort();
    return ended;
  };
}

async function recheck(options: RecheckOptions, signal: AbortSignal): Promise<void> {
  const { database, now, onResumed } = options;
  for (const { name } of await listParked(database.sql)) {
    if (!(await isInOrder(name, options, signal))) continue;
    await resume(database.sql, { name, now: now() });
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
