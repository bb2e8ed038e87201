import {
  ArchiveError,
  type ArchiveEvent,
  type ArchiveResult,
  archiveContract,
  type ContractEvent,
  type ContractFacts,
  type ContractRow,
  type Destinations,
  type DocumentChoice,
  type Layout,
  type Ledger,
  type Logger,
  parseContractId,
  type Route,
  type SpotDraftClient,
  type VersionPlacement,
} from '@spotdraft-archive/core';
import { indexArchived } from '../contracts/index-archived.ts';
import type { IndexSettings } from '../contracts/index-options.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import type { ServiceEvent } from '../events/service-event.ts';
import { isDeleted } from '../inbox/find-event.ts';
import { listParked, park } from '../parking/parked.ts';
import type { Routing } from '../routing/routing.ts';
import { subjectOf } from '../tasks/job-task.ts';
import type { WriteBackOptions } from '../write-back/write-back-options.ts';
import type { ClaimedJob } from './claimed-job.ts';
import { contractToArchive } from './contract-to-archive.ts';
import { decideVerdict, type RetrySettings } from './decide-verdict.ts';
import { enqueueJob } from './enqueue-job.ts';
import type { JobVerdict } from './finish-job.ts';
import { type JobFailures, jobFailureOf, source } from './job-failure.ts';
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

/** Attempts at a contract that a webhook calls executed and SpotDraft does not, before SpotDraft is believed. */
const doubtfulAttempts = 3;

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

  const outcome = Object.keys(wanted).length === 0 ? {} : await attempt(job, { ...context, destinations: wanted }, signal);
  const failures = { ...only(left, outcome.routedTo), ...outcome.failures };
  await park(database.sql, failures, now());
  const parked = new Set((await listParked(database.sql)).map(({ name }) => name));
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

interface Outcome {
  readonly failures?: JobFailures | undefined;
  readonly contractId?: string | undefined;
  /** Where it goes, when a route has decided. */
  readonly routedTo?: readonly string[] | undefined;
}

async function attempt(job: ClaimedJob, context: JobContext, signal: AbortSignal): Promise<Outcome> {
  const { database, spotdraft, routing, now } = context;
  let routedTo: readonly string[] | undefined;
  const route =
    routing &&
    (async (contract: ContractFacts) => {
      routedTo = await routing.decide(contract);
      return routedTo.filter((name) => Object.hasOwn(context.destinations, name));
    });
  try {
    const input = await contractToArchive(job, { database, spotdraft, now: now(), signal });
    const result = await archive(input, { ...context, route }, signal);
    await indexArchived(database.sql, { input, result, settings: context.index, routing, routedTo, at: now() });
    if (context.writeBack && Object.keys(result.failures).length === 0) await enqueueWriteBack(result.contractId, context);
    return {
      contractId: result.contractId,
      routedTo,
      failures: Object.fromEntries(Object.entries(result.failures).map(([name, error]) => [name, jobFailureOf(error)])),
    };
  } catch (error) {
    signal.throwIfAborted();
    if (ArchiveError.isInstance(error) && error.code.startsWith('ledger.')) throw error;
    return (await isSettled(job, error, database)) ? {} : { failures: { [source]: toTryAgain(error) } };
  }
}

/** A job of its own, which follows this one: whatever becomes of it, the contract is archived. */
async function enqueueWriteBack(contractId: string, { database, queue, now }: JobContext): Promise<void> {
  const { number: contractNumber } = parseContractId(contractId);
  const request = { subject: subjectOf('write-back', contractId), contractNumber, contractId, task: 'write-back', dueAt: now() } as const;
  await enqueueJob({ sql: database.sql, queue }, request);
}

interface RoutedContext extends JobContext {
  readonly route: Route | undefined;
}

function archive(input: ContractEvent | ContractRow | string, context: RoutedContext, signal: AbortSignal): Promise<ArchiveResult> {
  const { spotdraft, destinations, layout, documents, versions, index, routing, route, ledger, logger, onEvent } = context;
  // A document that is late is the job's to wait for: waiting here would keep a place that other contracts could use.
  return archiveContract(input, {
    spotdraft,
    destinations,
    layout,
    documents,
    versions,
    facts: [...index.facts, ...(routing?.facts ?? [])],
    route,
    ledger,
    logger,
    onEvent,
    signal,
    readiness: { attempts: 1 },
  });
}

/** True when there is nothing to archive: the contract is not executed after all, or was deleted before it could be read. */
async function isSettled(job: ClaimedJob, error: unknown, database: ArchiveDatabase): Promise<boolean> {
  const code = ArchiveError.isInstance(error) ? error.code : undefined;
  if (code === 'spotdraft.not_executed') return job.attempts >= doubtfulAttempts;
  if (code !== 'spotdraft.not_found' && code !== 'spotdraft.contract_unresolved') return false;
  return isDeleted(database.sql, job.contractNumber);
}

function toTryAgain(error: unknown): JobFailures[string] {
  const failure = jobFailureOf(error);
  // A webhook may be ahead of the status that SpotDraft's API tells.
  return failure.code === 'spotdraft.not_executed' ? { ...failure, recovery: 'retry' } : failure;
}
