import type { ArchiveEvent } from '@spotdraft-archive/core';
import { createHearing } from './alarms/last-heard.ts';
import { withinBudget } from './budget/within-budget.ts';
import { checkIndexOptions } from './contracts/index-options.ts';
import type { ArchiveDatabase } from './database/open-database.ts';
import { createEventHub } from './events/event-hub.ts';
import type { ServiceEvent } from './events/service-event.ts';
import { Bell } from './jobs/bell.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import type { JobContext } from './jobs/run-job.ts';
import { createArchiveMetrics } from './metrics/archive-metrics.ts';
import { createRouting } from './routing/routing.ts';
import { startBackground } from './running/background.ts';
import { openState } from './running/open-state.ts';
import { createOperations, type Operations } from './running/operations.ts';
import type { ArchiveServiceOptions, JobSettings } from './service-options.ts';
import { leavingAlone } from './verify/left-alone.ts';

/** A service between `start` and `stop`. */
export interface RunningService extends Operations {
  readonly database: ArchiveDatabase;
  readonly queue: JobQueue;
  /** Looks for jobs at once. */
  readonly wake: () => void;
  readonly onEvent: (event: ArchiveEvent | ServiceEvent) => void;
  /** To be told of each verified webhook. */
  readonly noteHeard: (now: number) => Promise<void>;
  stop(): Promise<void>;
}

/** Opens what the service remembers, and begins to work. Throws `LedgerError` when the database cannot be used; nothing is left open then. */
export async function startService(options: ArchiveServiceOptions, settings: JobSettings): Promise<RunningService> {
  const { layout, documents, versions, writeBack, logger, meter } = options;
  const now = Date.now;
  const bell = new Bell();
  const wake = (): void => bell.ring();
  const state = await openState(options.database, { ...settings, now, wake, logger });
  const { database, queue, ledger } = state;
  const metrics = meter && createArchiveMetrics(meter);
  const onEvent = createEventHub({ ...options, metrics });
  const spotdraft = withinBudget(options.spotdraft, { database, requestsPerSecond: options.requestsPerSecond });
  const context: JobContext = {
    database,
    queue,
    ledger,
    spotdraft,
    destinations: leavingAlone(options.destinations, database.sql),
    layout,
    documents,
    versions,
    index: checkIndexOptions(options.index),
    routing: createRouting({ ...options, spotdraft }),
    writeBack,
    retry: settings,
    logger,
    onEvent,
    now,
  };
  const survey = { ...context, database: database.sql, wake };
  const background = startBackground(options, { context, survey, settings, bell, metrics });

  return {
    ...createOperations(context, survey),
    database,
    queue,
    wake,
    onEvent,
    noteHeard: createHearing(database.sql),
    async stop() {
      await background.stop();
      await state.close();
    },
  };
}
