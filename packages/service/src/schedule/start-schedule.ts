import type { Logger } from '@spotdraft-archive/core';
import type { Survey } from '../repair/assess-contracts.ts';
import { dayMs } from '../repair/date-range.ts';
import { repair } from '../repair/repair.ts';
import { verify } from '../verify/verify.ts';
import { scanQuotas } from './scan-quotas.ts';
import type { RepairSchedule, ScheduleSettings } from './schedule-options.ts';
import { startTimer, type Timer } from './start-timer.ts';

export interface ScheduleContext {
  readonly survey: Survey;
  readonly logger: Logger | undefined;
}

export interface Schedule {
  stop(): Promise<void>;
}

/** Starts everything that runs by itself. */
export function startSchedule(settings: ScheduleSettings, { survey, logger }: ScheduleContext): Schedule {
  const { repair: short, longRepair: long, verify: scan } = settings;
  const timers = [
    ...(short ? [repairTimer('repair', short, survey)] : []),
    ...(long ? [repairTimer('long repair', long, survey)] : []),
    ...(scan ? [verifyTimer(scan, survey)] : []),
  ];
  const loops = timers.map((timer) => startTimer(timer, { ...survey, logger }));
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
      return repair({ from: new Date(now - days * dayMs), to: new Date(now), signal }, survey);
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
