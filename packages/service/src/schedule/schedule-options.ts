import { optionError } from '../option-error.ts';
import type { RestoreOptions } from '../verify/restore-options.ts';
import { verifySettings } from '../verify/verify-options.ts';

export interface RepairSchedule {
  /** In milliseconds. */
  readonly everyMs: number;
  /** The range of time to repair ends now and begins so many days ago. */
  readonly days: number;
}

export interface VerifySchedule extends RestoreOptions {
  /** Every copy is looked at once in so many days. @default 30 */
  readonly days?: number | undefined;
  /** How often a part of the copies is looked at, in milliseconds. @default 600_000 */
  readonly everyMs?: number | undefined;
  /** The share of copies whose bytes are read back, from 0 to 1. @default 0.01 */
  readonly sampleShare?: number | undefined;
  /** Questions that each destination is asked within a second. @default 5 */
  readonly requestsPerSecond?: number | undefined;
}

/** What runs by itself, once for all processes on one database. `false` turns a part off. */
export interface ScheduleOptions {
  /** Repair of the last days. @default { everyMs: 3_600_000, days: 2 } */
  readonly repair?: RepairSchedule | false | undefined;
  /** Repair of a longer time. @default { everyMs: 86_400_000, days: 31 } */
  readonly longRepair?: RepairSchedule | false | undefined;
  /** The rolling scan of all copies. */
  readonly verify?: VerifySchedule | false | undefined;
  /** Once a day, events and jobs that were done so many days ago are deleted. Receipts and the index stay. @default { days: 90 } */
  readonly purge?: { readonly days: number } | false | undefined;
}

export interface ScheduleSettings {
  readonly repair: RepairSchedule | false;
  readonly longRepair: RepairSchedule | false;
  readonly verify: (VerifySchedule & { readonly days: number; readonly everyMs: number }) | false;
  readonly purge: { readonly days: number; readonly everyMs: number } | false;
}

const dayMs = 86_400_000;
const off: ScheduleSettings = { repair: false, longRepair: false, verify: false, purge: false };

/** Throws `ConfigurationError` that names the option and the remedy. */
export function scheduleSettings(options: ScheduleOptions | false = {}): ScheduleSettings {
  if (options === false) return off;
  const {
    repair = { everyMs: dayMs / 24, days: 2 },
    longRepair = { everyMs: dayMs, days: 31 },
    verify = {},
    purge = { days: 90 },
  } = options;
  const purges = purge && { days: purge.days, everyMs: dayMs };
  const scan = verify && { ...verify, days: verify.days ?? 30, everyMs: verify.everyMs ?? 600_000 };
  for (const [name, part] of Object.entries({ repair, longRepair, verify: scan, purge: purges })) {
    if (part === false) continue;
    if (!(part.everyMs > 0)) throw invalid(`schedule.${name}.everyMs`, 'Pass a positive number of milliseconds.');
    if (!(part.days > 0)) throw invalid(`schedule.${name}.days`, 'Pass a positive number of days.');
  }
  if (scan) verifySettings(scan);
  return { repair, longRepair, verify: scan, purge: purges };
}

function invalid(option: string, remedy: string): ReturnType<typeof optionError> {
  return optionError(option, remedy, 'config.invalid_option');
}
