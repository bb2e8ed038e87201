import { type ArchiveEvent, parseContractId } from '@spotdraft-archive/core';
import { alarmSettings } from './alarms/alarm-options.ts';
import { createHearing } from './alarms/last-heard.ts';
import type { ArchiveService, WaitOptions } from './archive-service.ts';
import { withinBudget } from './budget/within-budget.ts';
import { contractStatus } from './contracts/contract-status.ts';
import { countFacets } from './contracts/count-facets.ts';
import { checkIndexOptions } from './contracts/index-options.ts';
import { searchContracts } from './contracts/search-contracts.ts';
import { type ArchiveDatabase, openDatabase } from './database/open-database.ts';
import { logServiceEvent, type ServiceEvent } from './events/service-event.ts';
import { exportContracts } from './export/export-contracts.ts';
import { countJobsByState, oldestOpenEvent } from './health/backlog.ts';
import { readHealth } from './health/service-health.ts';
import { Bell } from './jobs/bell.ts';
import { listDeadLetters, redriveJob } from './jobs/dead-letters.ts';
import { enqueueJob } from './jobs/enqueue-job.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { type JobQueueOptions, openJobQueue } from './jobs/open-job-queue.ts';
import { untilAttempted, untilIdle } from './jobs/wait-for-jobs.ts';
import { startWorkLoops } from './jobs/work-loops.ts';
import { sqlLedger } from './ledger/sql-ledger.ts';
import { createArchiveMetrics } from './metrics/archive-metrics.ts';
import { listParked, resume } from './parking/parked.ts';
import { startRecheckLoop } from './parking/recheck-loop.ts';
import { backfill } from './repair/backfill.ts';
import { completeness } from './repair/completeness.ts';
import { repair } from './repair/repair.ts';
import { createRouting } from './routing/routing.ts';
import { listTimers } from './schedule/claim-timer.ts';
import { scheduleSettings } from './schedule/schedule-options.ts';
import { startSchedule } from './schedule/start-schedule.ts';
import type { ArchiveServiceOptions, JobSettings } from './service-options.ts';
import { subscriptionSettings } from './subscription/subscription-options.ts';
import { leavingAlone } from './verify/left-alone.ts';
import { listFindings } from './verify/open-findings.ts';
import { verify } from './verify/verify.ts';

/** A service between `start` and `stop`. */
export interface RunningService extends Omit<ArchiveService, 'start' | 'handler' | 'healthHandler'> {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  /** Looks for jobs at once. */
  readonly wake: () => void;
  readonly onEvent: (event: ServiceEvent) => void;
  /** To be told of each verified webhook. */
  readonly noteHeard: (now: number) => Promise<void>;
}

export async function startService(options: ArchiveServiceOptions, settings: JobSettings): Promise<RunningService> {
  const { layout, documents, versions, writeBack, logger, meter } = options;
  const database = await openDatabase(options.database);
  const spotdraft = withinBudget(options.spotdraft, { database, requestsPerSecond: options.requestsPerSecond });
  const index = checkIndexOptions(options.index);
  const routing = createRouting(options);
  const ledger = sqlLedger(database.sql);
  const destinations = leavingAlone(options.destinations, database.sql);
  const now = Date.now;
  const metrics = meter && createArchiveMetrics(meter);
  const onEvent = (event: ArchiveEvent | ServiceEvent): void => {
    metrics?.record(event);
    if (logger) logServiceEvent(logger, event);
    // A listener that fails must not fail the work it is told about.
    void Promise.resolve(event)
      .then(options.onEvent)
      .catch(() => {});
  };
  const bell = new Bell();
  const wake = (): void => bell.ring();
  const queue = await openQueue(database, { ...settings, connectionString: options.database.connectionString, now, wake, logger });
  const store = { sql: database.sql, queue };
  const context = {
    database,
    queue,
    ledger,
    spotdraft,
    destinations,
    layout,
    documents,
    versions,
    index,
    routing,
    writeBack,
    retry: settings,
    logger,
    onEvent,
    now,
  };
  const loops = startWorkLoops(context, { ...settings, bell });
  const rechecks = startRecheckLoop({ database, queue, spotdraft, destinations, recheckMs: settings.recheckMs, now, onResumed: wake });

  const stopMetrics = metrics?.observe({
    countJobs: () => countJobsByState(database.sql),
    oldestEventAgeMs: async () => Math.max(now() - ((await oldestOpenEvent(database.sql)) ?? now()), 0),
  });

  const status = (contractId: string) => contractStatus(contractId, { database: database.sql, ledger, destinations, routing });
  const survey = { database: database.sql, queue, spotdraft, destinations, routing, now, wake };
  const schedule = startSchedule(scheduleSettings(options.schedule), {
    survey,
    alarms: alarmSettings(options.alarms),
    subscription: subscriptionSettings(options.webhook.subscription),
    logger,
  });

  return {
    database,
    queue,
    wake,
    onEvent,
    noteHeard: createHearing(database.sql),
    status,
    async archive(contractId: string, { signal }: WaitOptions = {}) {
      const { text, number } = parseContractId(contractId);
      await enqueueJob(store, { subject: text, contractNumber: number, contractId: text, dueAt: now() });
      wake();
      await untilAttempted(database.sql, text, signal);
      return status(text);
    },
    search: (query = {}) => searchContracts(database.sql, query),
    export: async (query) => exportContracts(query, { database: database.sql, destinations: Object.keys(destinations) }),
    facets: (query = {}) => countFacets(database.sql, query),
    backfill: (range) => backfill(range, survey),
    repair: (range) => repair(range, survey),
    verify: (checks = {}) => verify(checks, survey),
    timers: () => listTimers(database.sql, now()),
    findings: (list) => listFindings(database.sql, list),
    completeness: (range) => completeness(range, survey),
    parked: () => listParked(database.sql),
    async resume(name) {
      await resume(store, { name, now: now() });
      wake();
    },
    deadLetters: ({ limit } = {}) => listDeadLetters(database.sql, limit),
    async redrive(subject) {
      const isRedriven = await redriveJob(store, subject, now());
      if (isRedriven) wake();
      return isRedriven;
    },
    health: () => readHealth(database.sql, now()),
    idle: ({ signal } = {}) => untilIdle(database.sql, signal),
    async stop() {
      stopMetrics?.();
      await Promise.all([loops.stop(), rechecks.stop(), schedule.stop()]);
      await queue.close();
      await database.close();
    },
  };
}

/** Opens the queue, and leaves nothing open when that fails. */
async function openQueue(database: ArchiveDatabase, options: JobQueueOptions): Promise<JobQueue> {
  try {
    return await openJobQueue(database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}
