import { optionError } from '../option-error.ts';
import type { AlarmEvent } from './alarm.ts';

export interface AlarmOptions {
  /**
   * Told once when an alarm begins and once when it ends, by one of all processes. Awaited: when it fails, or the process dies, it is told again.
   */
  readonly onAlarm: (alarm: AlarmEvent) => unknown;
  /** Age at which an executed contract that is not archived is alarmed about, in milliseconds. @default 14_400_000 */
  readonly overdueMs?: number | undefined;
  /**
   * How long webhooks may be silent, in milliseconds. Alarmed about only when repair found contracts meanwhile that no webhook told of: where nothing
   * is signed, nothing is to be told. @default 86_400_000
   */
  readonly silentMs?: number | undefined;
  /** How often everything is looked at, in milliseconds. @default 60_000 */
  readonly everyMs?: number | undefined;
}

export type AlarmSettings = Required<{ readonly [Name in keyof AlarmOptions]: NonNullable<AlarmOptions[Name]> }>;

/** Throws `ConfigurationError` that names the option and the remedy. */
export function alarmSettings(options: AlarmOptions | undefined): AlarmSettings | undefined {
  if (options === undefined) return undefined;
  const { onAlarm, overdueMs = 14_400_000, silentMs = 86_400_000, everyMs = 60_000 } = options;
  if (typeof onAlarm !== 'function') throw optionError('alarms.onAlarm', 'Pass a function that tells a person.');
  for (const [name, value] of Object.entries({ overdueMs, silentMs, everyMs })) {
    if (!(value > 0)) throw optionError(`alarms.${name}`, 'Pass a positive number of milliseconds.', 'config.invalid_option');
  }
  return { onAlarm, overdueMs, silentMs, everyMs };
}
