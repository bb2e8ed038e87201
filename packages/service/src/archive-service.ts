import { ArchiveError, createWebhookHandler, LedgerError, type VerifiedContractEvent, type WebhookHandler } from '@spotdraft-archive/core';
import type { ContractQuery, FacetQuery } from './contracts/contract-query.ts';
import type { ArchiveStatus } from './contracts/contract-status.ts';
import type { FacetCounts } from './contracts/count-facets.ts';
import type { FoundContract } from './contracts/search-contracts.ts';
import type { ExportQuery } from './export/export-contracts.ts';
import { createHealthHandler } from './health/health-handler.ts';
import type { ServiceHealth } from './health/service-health.ts';
import { createIntake } from './inbox/intake.ts';
import { storeEvents } from './inbox/store-events.ts';
import type { DeadLetter } from './jobs/dead-letters.ts';
import type { Parked } from './parking/parked.ts';
import type { BackfillOptions, BackfillResult } from './repair/backfill.ts';
import type { Completeness, CompletenessOptions } from './repair/completeness.ts';
import type { RepairOptions, RepairReport } from './repair/repair.ts';
import { type RunningService, startService } from './running-service.ts';
import type { TimerStatus } from './schedule/claim-timer.ts';
import { type ArchiveServiceOptions, checkOptions } from './service-options.ts';
import type { ListFindingsOptions, OpenFinding } from './verify/open-findings.ts';
import type { VerifyReport } from './verify/verify.ts';
import type { VerifyOptions } from './verify/verify-options.ts';

export interface WaitOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The archive as a service: what it accepted it does, however often it is interrupted.
 *
 * Any number of services, in any number of processes, may share one database. All methods but `start` and `stop` reject with `LedgerError`
 * `ledger.unavailable` when the service is not started or the database fails, and with `SpotDraftError` when SpotDraft has to be asked and fails.
 */
export interface ArchiveService {
  /**
   * Opens the database, brings its tables up to date, and begins to work. Safe to call on a started service.
   *
   * Throws `LedgerError`: `ledger.unavailable` when the database cannot be opened, `ledger.migration_required` when a newer version has used it.
   */
  start(): Promise<void>;
  /**
   * Takes no more work, lets the running jobs end, interrupts what takes longer than `jobs.drainMs`, and closes the database. Safe to repeat, also
   * while it is under way; a `start` meanwhile waits for its end.
   */
  stop(): Promise<void>;
  /**
   * Receives SpotDraft's webhooks: verifies, stores, answers 202, and does nothing else. `toNodeHandler(service.handler)` fits it to Express.
   * Answers 500 while the service is not started, so that the sender knows it was not taken.
   */
  readonly handler: WebhookHandler;
  /** Archives one contract now, and resolves after the first attempt at it, whatever its outcome. Further attempts follow by themselves. */
  archive(contractId: string, options?: WaitOptions): Promise<ArchiveStatus>;
  /** Where a contract stands. Asks the database only. */
  status(contractId: string): Promise<ArchiveStatus>;
  /** Finds archived contracts. Asks the database only. */
  search(query?: ContractQuery): Promise<readonly FoundContract[]>;
  /**
   * Writes archived contracts as CSV or JSON Lines, page by page while the stream is read. Asks the database only.
   *
   * @example
   * await pipeline(Readable.fromWeb(await service.export({ format: 'csv', executedFrom: '2026-01-01' })), createWriteStream('2026.csv'));
   */
  export(query: ExportQuery): Promise<ReadableStream<Uint8Array>>;
  /** Counts archived contracts by type, counterparty and so on. Asks the database only. */
  facets(query?: FacetQuery): Promise<FacetCounts>;
  /**
   * Enqueues every contract that was executed in a range of time and is not archived. Safe to repeat: what is archived costs a hundredth of a
   * request. Resolves when all are enqueued; `idle` tells when they are done.
   */
  backfill(options: BackfillOptions): Promise<BackfillResult>;
  /** Looks for gaps in a range of time, reports them, and closes them unless `dryRun` is set. Deletes and overwrites nothing in any store. */
  repair(options: RepairOptions): Promise<RepairReport>;
  /**
   * Looks at the copies in the stores again: by their ids and the stores' hashes, and a sample by its bytes. Goes on where the last call ended,
   * also after a crash. Resolves at the end of a round through all copies, or after `maxCopies`. Deletes and overwrites nothing in any store.
   */
  verify(options?: VerifyOptions): Promise<VerifyReport>;
  /** What `verify` has left to a person: altered copies, duplicates, and deleted copies that cannot be stored again. */
  findings(options?: ListFindingsOptions): Promise<readonly OpenFinding[]>;
  /** What runs by itself, when it ran last with which outcome, and when it runs next. */
  timers(): Promise<readonly TimerStatus[]>;
  /** Compares what SpotDraft calls executed in a range of time with what is archived. Changes nothing. */
  completeness(options: CompletenessOptions): Promise<Completeness>;
  /** What waits for a person, and why. */
  parked(): Promise<readonly Parked[]>;
  /**
   * Lets a parked destination go on after its cause was mended, or everything when no name is given. Under the name of a destination that was removed
   * it lets its contracts go on without it. Throws `ConfigurationError` for a name that no destination has and under which nothing is parked.
   */
  resume(destination?: string): Promise<void>;
  /** Contracts whose attempts are used up or that can never succeed, oldest first. */
  deadLetters(options?: { readonly limit?: number | undefined }): Promise<readonly DeadLetter[]>;
  /** Gives a dead letter all its attempts again. False when there is none of that subject. */
  redrive(subject: string): Promise<boolean>;
  /** How the service is. Never rejects. Asks the database only. */
  health(): Promise<ServiceHealth>;
  /** `health` for a load balancer or a monitor: 200 while the service works, 503 when it does not, with the health as JSON. */
  readonly healthHandler: (request: Request) => Promise<Response>;
  /** Resolves when no job is waiting or running, on any machine. What is parked or dead does not count. */
  idle(options?: WaitOptions): Promise<void>;
}

/**
 * Makes an archive service. Nothing is opened before `start`.
 *
 * Throws `ConfigurationError` that names the option and the remedy.
 *
 * @example
 * const service = createArchiveService({ spotdraft, destinations: { folder }, database: { dataDir: './data' }, webhook: { keys } });
 * await service.start();
 */
export function createArchiveService(options: ArchiveServiceOptions): ArchiveService {
  const settings = checkOptions(options);
  const keepsKeyPointers = options.index?.keyPointers === true;
  let running: Promise<RunningService> | undefined;
  let stopping: Promise<void> | undefined;

  const service = async (): Promise<RunningService> => {
    if (running === undefined) throw notStarted();
    return running;
  };
  const storeEvent = createIntake<VerifiedContractEvent>(async (events) => {
    const { database, queue, wake, noteHeard, onEvent } = await service();
    const now = Date.now();
    if (await storeEvents(events, { database, queue, keepsKeyPointers, now })) wake();
    await noteHeard(now);
    for (const { deliveryId, activity, contractNumber } of events)
      onEvent({ type: 'webhook.accepted', deliveryId, activity, contractNumber });
  });
  const handler = createWebhookHandler({ ...options.webhook, onEvent: storeEvent });

  const health = async (): Promise<ServiceHealth> => {
    try {
      return await (await service()).health();
    } catch (error) {
      return { status: 'down', code: ArchiveError.isInstance(error) ? error.code : 'unexpected' };
    }
  };

  const stopRunning = async (): Promise<void> => {
    try {
      await (await running)?.stop();
    } finally {
      running = undefined;
    }
  };

  return {
    async start() {
      await stopping;
      const starting = (running ??= startService(options, settings));
      try {
        await starting;
      } catch (error) {
        if (running === starting) running = undefined;
        throw error;
      }
    },
    async stop() {
      stopping ??= stopRunning().finally(() => {
        stopping = undefined;
      });
      await stopping;
    },
    handler,
    archive: async (contractId, wait) => (await service()).archive(contractId, wait),
    status: async (contractId) => (await service()).status(contractId),
    search: async (query = {}) => (await service()).search(query),
    export: async (query) => (await service()).export(query),
    facets: async (query = {}) => (await service()).facets(query),
    backfill: async (range) => (await service()).backfill(range),
    repair: async (range) => (await service()).repair(range),
    verify: async (checks) => (await service()).verify(checks),
    timers: async () => (await service()).timers(),
    findings: async (list) => (await service()).findings(list),
    completeness: async (range) => (await service()).completeness(range),
    parked: async () => (await service()).parked(),
    resume: async (destination) => (await service()).resume(destination),
    deadLetters: async (list) => (await service()).deadLetters(list),
    redrive: async (subject) => (await service()).redrive(subject),
    health,
    healthHandler: createHealthHandler(health),
    idle: async (wait) => (await service()).idle(wait),
  };
}

function notStarted(): LedgerError {
  return new LedgerError('The archive service is not started.', {
    code: 'ledger.unavailable',
    recovery: 'retry',
    hint: 'Await service.start() before anything else, and stop the web server before the service.',
  });
}
