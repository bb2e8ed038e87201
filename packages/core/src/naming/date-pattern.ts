/** A moment on the calendar and clock of one place. */
export interface CalendarTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

// English on purpose: the same contract must get the same name on every machine.
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const twoDigits = (number: number): string => String(number).padStart(2, '0');
const monthName = ({ month }: CalendarTime): string => monthNames[month - 1] ?? '';
const quarter = ({ month }: CalendarTime): number => Math.ceil(month / 3);

/** What each run of letters in a date pattern writes; the letters are Unicode's. */
const writers: Readonly<Record<string, (time: CalendarTime) => string>> = {
  yyyy: ({ year }) => String(year).padStart(4, '0'),
  yy: ({ year }) => twoDigits(year % 100),
  QQQ: (time) => `Q${quarter(time)}`,
  QQ: (time) => twoDigits(quarter(time)),
  Q: (time) => String(quarter(time)),
  MMMM: monthName,
  MMM: (time) => monthName(time).slice(0, 3),
  MM: ({ month }) => twoDigits(month),
  M: ({ month }) => String(month),
  dd: ({ day }) => twoDigits(day),
  d: ({ day }) => String(day),
  HH: ({ hour }) => twoDigits(hour),
  mm: ({ minute }) => twoDigits(minute),
  ss: ({ second }) => twoDigits(second),
};

/** The runs of letters that a date pattern may hold. */
export const datePatternLetters: readonly string[] = Object.keys(writers);

/** The pattern of a date for which the layout gives none. */
export const defaultDatePattern = 'yyyy-MM-dd';

const lettersOfOneKind = /(\p{L})\1*/gu;

/** Writes a moment as a pattern asks. Everything that is no letter stands as it is. */
export function writeDate(time: CalendarTime, pattern: string): string {
  return pattern.replace(lettersOfOneKind, (letters) => writers[letters]?.(time) ?? letters);
}

/** The first run of letters in a pattern that means nothing, or that means minutes where months were meant. */
export function mistakeInDatePattern(pattern: string): { readonly letters: string; readonly suggestion: string | undefined } | undefined {
  const runs: readonly string[] = pattern.match(lettersOfOneKind) ?? [];
  const wrong = runs.find((letters) => !(letters in writers) || (letters === 'mm' && !runs.includes('HH')));
  if (wrong === undefined) return undefined;
  const suggestion = datePatternLetters.find((letters) => letters !== wrong && letters.toLowerCase() === wrong.toLowerCase());
  return { letters: wrong, suggestion };
}
