import type { Logger } from '@spotdraft-archive/core';
import type { RawBuilder } from 'kysely';
import type { AlarmSettings } from '../alarms/alarm-options.ts';
import { tellAlarms } from '../alarms/tell-alarms.ts';
import { noteMissed } from '../alarms/webhook-silence.ts';
import { purgeDone } from '../purge/purge-done.ts';
import type { Survey } from '../repair/assess-contracts.ts';
import { dayMs } from '../repair/date-range.ts';
import { repair } from '../repair/repair.ts';
import { keepSubscription } from '../subscription/keep-subscription.ts';
import type { SubscriptionSettings } from '../subscription/subscription-options.ts';
import { verify } from '../verify/verify.ts';
import { scanQuotas } from './scan-quotas.ts';
import type { RepairSchedule, ScheduleSettings } from './schedule-options.ts';
import { startTimer, type Timer } from './start-timer.ts';

export interface ScheduleContext {
  readonly survey: Survey;
  readonly alarms: AlarmSettings | undefined;
  readonly subscription: SubscriptionSettings | undefined;
  readonly logger: Logger | undefined;
  /** The clock that all processes on the database share. */
  readonly databaseNow: RawBuilder<number>;
}

export interface Schedule {
  stop(): Promise<void>;
}

/** Starts everything that runs by itself. */
export function startSchedule(settings: ScheduleSettings, context: ScheduleContext): Schedule {
  const { survey, alarms, subscription, logger, databaseNow } = context;
  const { repair: short, longRepair: long, verify: scan, purge } = settings;
  const timers = [
    ...(short ? [repairTimer('repair', short, survey)] : []),
    ...(long ? [repairTimer('long repair', long, survey)] : []),
    ...(scan ? [verifyTimer(scan, survey)] : []),
    ...(purge ? [purgeTimer(purge, survey)] : []),
    ...(alarms ? [alarmTimer(alarms, survey)] : []),
    ...(subscription ? [subscriptionTimer(subscription, { survey, logger })] : []),
  ];
  const loops = timers.map((timer) => startTimer(timer, { ...survey, logger, databaseNow }));
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function repairTimer(name: string, { everyMs, days }: RepairSchedule, survey: Survey): Timer {
  return {
    name,
    everyMs,
    async run(signal) {
      const now = survey.now();
      const { looked, counts, findings } = await repair({ from: new Date(now - days * dayMs), to: new Date(now), signal }, survey);
      await noteMissed(survey.database, { findings, days, now: survey.now() });
      return { looked, counts };
    },
  };
}

function verifyTimer(settings: Exclude<ScheduleSettings['verify'], false>, survey: Survey): Timer {
  const { everyMs, days, ...checks } = settings;
  return {
    name: 'verify',
    everyMs,
    async run(signal) {
      const { database, destinations, now } = survey;
      const quotas = await scanQuotas(database, { destinations: Object.keys(destinations), now: now(), roundMs: days * dayMs, everyMs });
      const { scans, counts } = await verify({ ...checks, quotas, signal }, survey);
      return { looked: Object.values(scans).reduce((sum, { checked }) => sum + checked, 0), counts };
    },
  };
}

function purgeTimer({ everyMs, days }: Exclude<ScheduleSettings['purge'], false>, { database, now }: Survey): Timer {
  return {
    name: 'purge',
    everyMs,
    async run(signal) {
      return { looked: await purgeDone(database, { before: now() - days * dayMs, signal }), counts: {} };
    },
  };
}

function alarmTimer(settings: AlarmSettings, { database, destinations, now }: Survey): Timer {
  return {
    name: 'alarms',
    everyMs: settings.everyMs,
    async run(signal) {
      await tellAlarms(database, settings, { now: now(), destinations: Object.keys(destinations), signal });
      return { looked: 0, counts: {} };
    },
  };
}

function subscriptionTimer(settings: SubscriptionSettings, { survey, logger }: Pick<ScheduleContext, 'survey' | 'logger'>): Timer {
  return {
    name: 'webhook subscription',
    everyMs: settings.everyMs,
    isDueAtStart: true,
    async run(signal) {
      await keepSubscription({ ...survey, settings, logger, signal });
      return { looked: 0, counts: {} };
    },
  };
}
