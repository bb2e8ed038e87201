import { argumentError } from '../argument-error.ts';

/**
 * A range of time; both ends belong to it. A date alone, such as `2026-03-31`, begins with its first moment and ends with its last, in UTC. A moment
 * is exact to the millisecond, which belongs to the range whole: ranges that follow each other share their border, and what was executed in that
 * millisecond is in both.
 */
export interface DateRange {
  readonly from: Date | string;
  readonly to: Date | string;
  readonly signal?: AbortSignal | undefined;
}

/** A part of a range. */
export interface DateWindow {
  readonly from: Date;
  readonly to: Date;
}

export const dayMs = 86_400_000;

/** A whole number of the weeks in which executions are listed. */
export const quarterMs: number = 91 * dayMs;

/**
 * Cuts a range into windows of at most so many milliseconds, oldest first. Neighbours share a millisecond. Throws `ConfigurationError` for what is no range.
 */
export function* windowsOf(range: Pick<DateRange, 'from' | 'to'>, lengthMs: number): Generator<DateWindow> {
  const [first, last] = endsOf(range);
  let start = first;
  do {
    const end = Math.min(start + lengthMs, last);
    yield { from: new Date(start), to: new Date(end) };
    start = end;
  } while (start < last);
}

/** The same, cut at the same moments whatever the range: at multiples of the length since 1970. */
export function* alignedWindowsOf(range: Pick<DateRange, 'from' | 'to'>, lengthMs: number): Generator<DateWindow> {
  const [first, last] = endsOf(range);
  let start = first;
  do {
    const end = Math.min(Math.floor(start / lengthMs) * lengthMs + lengthMs, last);
    yield { from: new Date(start), to: new Date(end) };
    start = end;
  } while (start < last);
}

/** The last microsecond of a millisecond, as SpotDraft writes it: what was executed after the beginning of a window's last millisecond is in the window. */
export function wholeMillisecond(moment: Date): string {
  return moment.toISOString().replace('Z', '999Z');
}

/** First and last moment of a range, in milliseconds since 1970. Throws `ConfigurationError` for what is no range. */
export function endsOf({ from, to }: Pick<DateRange, 'from' | 'to'>): readonly [number, number] {
  const [first, last] = [readMoment(from, 'from'), readMoment(to, 'to')];
  if (first > last) throw argumentError('from', 'It lies after "to".');
  return [first, last];
}

/** Writes a range as two days or moments for a person to read. */
export function rangeText({ from, to }: Pick<DateRange, 'from' | 'to'>): string {
  return `between ${momentText(from)} and ${momentText(to)}`;
}

function momentText(value: Date | string): string {
  return typeof value === 'string' ? value : value.toISOString();
}

/** Reads one end of a range, in milliseconds since 1970. Throws `ConfigurationError` for what is no moment. */
export function readMoment(value: Date | string, option: 'from' | 'to'): number {
  const isDateAlone = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  const time = new Date(isDateAlone && option === 'to' ? `${value}T23:59:59.999Z` : value).getTime();
  if (Number.isNaN(time)) throw argumentError(option, 'Give a Date, or a text such as 2026-03-31 or 2026-03-31T12:00:00Z.');
  return time;
}
