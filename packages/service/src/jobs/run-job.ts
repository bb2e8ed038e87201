import {
  type ArchiveEvent,
  type Destinations,
  type DocumentChoice,
  type Layout,
  type Ledger,
  type Logger,
  type SpotDraftClient,
  type VersionPlacement,
} from '@spotdraft-archive/core';
import type { IndexSettings } from '../contracts/index-options.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import type { ServiceEvent } from '../events/service-event.ts';
import { listParked, park } from '../parking/parked.ts';
import type { Routing } from '../routing/routing.ts';
import type { WriteBackOptions } from '../write-back/write-back-options.ts';
import { attemptArchive } from './attempt-archive.ts';
import type { ClaimedJob } from './claimed-job.ts';
import { decideVerdict, type RetrySettings } from './decide-verdict.ts';
import type { JobVerdict } from './finish-job.ts';
import { type JobFailures, source } from './job-failure.ts';
import type { JobQueue } from './job-queue.ts';

/** What every job needs. */
export interface JobContext {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  readonly ledger: Ledger;
  readonly spotdraft: SpotDraftClient;
  readonly destinations: Destinations;
  readonly layout: Layout | undefined;
  readonly documents: DocumentChoice | undefined;
  readonly versions: VersionPlacement | undefined;
  readonly index: IndexSettings;
  readonly routing: Routing | undefined;
  readonly writeBack: WriteBackOptions | undefined;
  readonly retry: RetrySettings;
  readonly logger: Logger | undefined;
  readonly onEvent: (event: ArchiveEvent | ServiceEvent) => void;
  readonly now: () => number;
}

/**
 * Makes one attempt at a contract and tells what becomes of its job.
 *
 * Destinations that have their receipts, that are parked, or that will never take this contract are not tried. Throws only the reason of
 * `signal`, and `LedgerError` when the database fails.
 */
export async function runJob(job: ClaimedJob, context: JobContext, signal: AbortSignal): Promise<JobVerdict> {
  const { database, retry, now } = context;
  if (job.attempts > retry.attempts) return { ...job, state: 'dead', dueAt: now(), failures: job.failures ?? { [source]: neverEnded } };
  const parkedBefore = new Set((await listParked(database.sql)).map(({ name }) => name));
  const { wanted, left } = destinationsToTry(job, context.destinations, parkedBefore);

  const outcome = Object.keys(wanted).length === 0 ? {} : await attemptArchive(job, { ...context, destinations: wanted }, signal);
  const failures = { ...only(left, outcome.routedTo), ...outcome.failures };
  // Not what was left out: a person may have resumed it meanwhile.
  const parkedNow = await park(database.sql, outcome.failures ?? {}, now());
  const parkedSince = Object.keys(failures).length === 0 ? [] : await listParked(database.sql);
  const parked = new Set([...parkedBefore, ...parkedNow, ...parkedSince.map(({ name }) => name)]);
  return decideVerdict(job, { failures, parked, retry, now: now(), contractId: outcome.contractId });
}

/** Attempts are counted when they begin, so only those whose process died use up more than there are. */
export const neverEnded: JobFailures[string] = {
  code: 'unexpected',
  message: 'No attempt came to an end: the process died each time.',
  recovery: 'operator',
  hint: 'Look whether the process was killed for its use of memory, then redrive the job.',
};

interface Choice {
  readonly wanted: Destinations;
  /** Failures of the destinations that are not tried now. */
  readonly left: JobFailures;
}

function destinationsToTry(job: ClaimedJob, destinations: Destinations, parked: ReadonlySet<string>): Choice {
  const { failures } = job;
  // Without failures of its destinations nothing is known of them; those that have their receipts cost nothing.
  const isKnown = failures !== undefined && failures[source] === undefined;
  const wanted: Record<string, Destinations[string]> = {};
  const left: Record<string, JobFailures[string]> = {};
  for (const [name, destination] of Object.entries(destinations)) {
    const failure = failures?.[name];
    if (isKnown && failure === undefined) continue;
    if (parked.has(name)) left[name] = failure ?? parkedFailure(name);
    else if (failure?.recovery === 'never') left[name] = failure;
    else wanted[name] = destination;
  }
  return { wanted, left };
}

/** A destination that the contract does not go to cannot hold it up. */
function only(failures: JobFailures, names: readonly string[] | undefined): JobFailures {
  return Object.fromEntries(Object.entries(failures).filter(([name]) => names?.includes(name) ?? true));
}

function parkedFailure(name: string): JobFailures[string] {
  return { code: 'destination.parked', message: `The destination "${name}" is parked.`, recovery: 'operator', hint: 'See parked().' };
}
