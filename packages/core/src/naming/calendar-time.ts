import type { CalendarTime } from './date-pattern.ts';

/** True for an IANA name that this machine knows, such as `Europe/Berlin`. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What calendar and clock show in a time zone; `undefined` for an invalid date and outside the years 1 to 9999. */
export function calendarTimeIn(date: Date, timeZone: string): CalendarTime | undefined {
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined;
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/** Made once for each time zone: that takes longer than all else about a name. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const made = formats.get(timeZone);
  if (made) return made;
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

/**
 * Reads a date as metadata holds it: a calendar day (`2026-03-31`), which is the same day everywhere, or a moment in ISO 8601, which is shown
 * in the time zone. `undefined` for everything else, also for days that do not exist.
 */
export function readCalendarTime(text: string, timeZone: string): CalendarTime | undefined {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T/.test(text)) return undefined;
  const date = new Date(text);
  // `new Date` turns the 31st of February into the 3rd of March.
  if (Number.isNaN(date.getTime()) || (isDay && !date.toISOString().startsWith(text))) return undefined;
  return calendarTimeIn(date, isDay ? 'UTC' : timeZone);
}
