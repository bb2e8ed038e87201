import { alarmSettings } from '../alarms/alarm-options.ts';
import { databaseNow } from '../database/database-now.ts';
import { countJobsByState, oldestOpenEvent } from '../health/backlog.ts';
import type { Bell } from '../jobs/bell.ts';
import type { JobContext } from '../jobs/run-job.ts';
import { startWorkLoops } from '../jobs/work-loops.ts';
import type { ArchiveMetrics } from '../metrics/archive-metrics.ts';
import { startRecheckLoop } from '../parking/recheck-loop.ts';
import type { Survey } from '../repair/assess-contracts.ts';
import { scheduleSettings } from '../schedule/schedule-options.ts';
import { startSchedule } from '../schedule/start-schedule.ts';
import type { ArchiveServiceOptions, JobSettings } from '../service-options.ts';
import { subscriptionSettings } from '../subscription/subscription-options.ts';

export interface BackgroundContext {
  readonly context: JobContext;
  readonly survey: Survey;
  readonly settings: JobSettings;
  /** Rings when there is a job. */
  readonly bell: Bell;
  readonly metrics: ArchiveMetrics | undefined;
}

/** Everything that a started service does by itself. */
export interface Background {
  /** Lets running jobs end for as long as `drainMs`. */
  stop(): Promise<void>;
}

/** Starts the work on jobs, the look at what is parked, and what runs on timers; has the backlog measured. */
export function startBackground(options: ArchiveServiceOptions, background: BackgroundContext): Background {
  const { context, survey, settings, bell, metrics } = background;
  const { logger, now } = context;
  const jobs = startWorkLoops(context, { ...settings, bell });
  const rechecks = startRecheckLoop({ ...context, recheckMs: settings.recheckMs, onResumed: survey.wake });
  const schedule = startSchedule(scheduleSettings(options.schedule), {
    survey,
    alarms: alarmSettings(options.alarms),
    subscription: subscriptionSettings(options.webhook.subscription),
    logger,
    databaseNow: databaseNow(context.database.engine),
  });
  const stopMetrics = metrics?.observe({
    countJobs: () => countJobsByState(survey.database),
    oldestEventAgeMs: async () => Math.max(now() - ((await oldestOpenEvent(survey.database)) ?? now()), 0),
  });
  return {
    async stop() {
      stopMetrics?.();
      await Promise.all([jobs.stop(), rechecks.stop(), schedule.stop()]);
    },
  };
}
