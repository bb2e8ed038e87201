import {
  ArchiveError,
  type ArchiveResult,
  archiveContract,
  type ContractEvent,
  type ContractFacts,
  type ContractRow,
  type Route,
} from '@spotdraft-archive/core';
import { indexArchived } from '../contracts/index-archived.ts';
import { markContract } from '../contracts/mark-contract.ts';
import { markWhenGone } from '../contracts/mark-when-gone.ts';
import { isOutOfOrder } from '../database/database-failure.ts';
import type { ArchiveDatabase } from '../database/open-database.ts';
import { goneEvent } from '../inbox/gone-event.ts';
import { writeBackRequest } from '../write-back/write-back-request.ts';
import type { ClaimedJob } from './claimed-job.ts';
import { contractToArchive } from './contract-to-archive.ts';
import { enqueueJob } from './enqueue-job.ts';
import { type JobFailures, jobFailureOf, source } from './job-failure.ts';
import type { JobContext } from './run-job.ts';

/** Attempts at a contract that a webhook calls executed and SpotDraft does not, before SpotDraft is believed. */
const doubtfulAttempts = 3;

/** What one attempt has led to. */
export interface Outcome {
  readonly failures?: JobFailures | undefined;
  readonly contractId?: string | undefined;
  /** Where it goes, when a route has decided. */
  readonly routedTo?: readonly string[] | undefined;
}

/** Archives the contract of a job in the destinations of the context, and writes its row of the index. */
export async function attemptArchive(job: ClaimedJob, context: JobContext, signal: AbortSignal): Promise<Outcome> {
  const { database, spotdraft, routing, now } = context;
  const since = now();
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
    // Which is no failure of the destination that happened to meet it.
    const outOfOrder = Object.values(result.failures).find(isOutOfOrder);
    if (outOfOrder) throw outOfOrder;
    await indexArchived(database.sql, { input, result, settings: context.index, routing, routedTo, at: now() });
    const isGone = await markWhenGone(result.contractId, { database, spotdraft, signal, since });
    if (context.writeBack && !isGone && Object.keys(result.failures).length === 0)
      await enqueueJob({ sql: database.sql, queue: context.queue }, writeBackRequest(result.contractId, now()));
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

/** True when there is nothing to archive: the contract is not executed after all, or was deleted before it could be read. What was archived of it is marked. */
async function isSettled(job: ClaimedJob, error: unknown, database: ArchiveDatabase): Promise<boolean> {
  const code = ArchiveError.isInstance(error) ? error.code : undefined;
  if (code === 'spotdraft.not_executed') return job.attempts >= doubtfulAttempts;
  if (code !== 'spotdraft.not_found' && code !== 'spotdraft.contract_unresolved') return false;
  // Webhooks speak of T contracts, by their number alone.
  const contractId = job.contractId ?? `T-${job.contractNumber}`;
  if ((await goneEvent(database.sql, contractId))?.state !== 'DELETED') return false;
  await database.sql.transaction().execute((transaction) => markContract(transaction, { contractId, sourceState: 'DELETED' }));
  return true;
}

/**
 * What looks final for a contract and mends itself: a webhook may be ahead of the status that SpotDraft's API tells, and the room on a full disk is
 * made without anybody coming back for each contract; another machine may have some at once.
 */
const passing: ReadonlySet<string> = new Set(['spotdraft.not_executed', 'temporary_file.unavailable']);

function toTryAgain(error: unknown): JobFailures[string] {
  const failure = jobFailureOf(error);
  return passing.has(failure.code) ? { ...failure, recovery: 'retry' } : failure;
}
