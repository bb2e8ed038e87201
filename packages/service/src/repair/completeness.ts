import type { Survey } from './assess-contracts.ts';
import { CompletenessTally } from './completeness-tally.ts';
import { type DateRange, dayMs, quarterMs, rangeText, windowsOf } from './date-range.ts';
import { type OldestException, oldestOf } from './oldest-exception.ts';

/** A contract that is not in every destination. */
export interface CompletenessException {
  /** Composite id; the number alone of a contract that SpotDraft lists by its number and that nothing tells from the other one of that number. */
  readonly contractId: string;
  /** The destinations that lack a copy, or whose copy was found altered. */
  readonly destinations: readonly string[];
  /** What its job is doing about it. */
  readonly job: 'waiting' | 'running' | 'parked' | 'dead' | 'none';
}

export interface CompletenessOptions extends DateRange {
  /**
   * Told of all exceptions, some at a time, each once. The next contracts are looked at when it has resolved, so it may write them to a file.
   *
   * @example
   * await service.completeness({ from, to, onExceptions: (exceptions) => appendFile('exceptions.jsonl', exceptions.map((each) => `${JSON.stringify(each)}\n`).join('')) });
   */
  readonly onExceptions?: ((exceptions: readonly CompletenessException[]) => void | Promise<void>) | undefined;
}

export interface Completeness {
  /** For a person: how many contracts were executed, how many of them are archived where, and which are not. */
  readonly sentence: string;
  readonly executed: number;
  /** Those of them of which SpotDraft knows no date of execution. They belong to the range by the date of their creation. */
  readonly undated: number;
  /** Archived and verified, by destination. */
  readonly archived: Readonly<Record<string, number>>;
  /** Those that the route sends nowhere. */
  readonly unrouted: number;
  readonly isComplete: boolean;
  /** How many exceptions there are in all. */
  readonly exceptionCount: number;
  /** The first 10,000; `onExceptions` is told of all. */
  readonly exceptions: readonly CompletenessException[];
  /**
   * The exception that was executed first, or created first when it has no date of execution. Its date is exact to the week when there are more than
   * 20 exceptions in that week, and for `H` contracts, of which SpotDraft tells no date.
   */
  readonly oldest?: OldestException | undefined;
}

/** So many exceptions are named in the sentence. */
const namedExceptions = 10;

/**
 * Compares what SpotDraft calls executed with what is archived. A contract without a date of execution belongs to the range by the date of its creation.
 *
 * One request for each 100 contracts executed and for each 100 created in the range, one for each 50 of the latter that were not executed in it, and
 * at most 20 for the date of the oldest exception. Memory does not grow with what is missing.
 */
export async function completeness(options: CompletenessOptions, survey: Survey): Promise<Completeness> {
  const tally = new CompletenessTally(options, survey);
  for (const week of windowsOf(options, 7 * dayMs)) await tally.takeExecuted(week);
  for (const quarter of windowsOf(options, quarterMs)) await tally.takeUndated(quarter);
  const { executed, undated, archived, unrouted, exceptionCount, exceptions } = tally;
  const oldest = await oldestOf(tally.waiting, { ...survey, now: survey.now(), signal: options.signal });
  const counts = { executed, undated, archived, unrouted, exceptionCount, exceptions };
  return { sentence: sentenceOf(options, counts), ...counts, isComplete: exceptionCount === 0, oldest };
}

function sentenceOf(range: DateRange, counted: Omit<Completeness, 'sentence' | 'isComplete' | 'oldest'>): string {
  const { executed, undated, archived, unrouted, exceptionCount, exceptions } = counted;
  const counts = countsOf(archived, executed);
  if (unrouted > 0) counts.push(`${unrouted} routed nowhere`);
  const named = exceptions.slice(0, namedExceptions).map(({ contractId }) => contractId);
  const more = exceptionCount > named.length ? ` and ${exceptionCount - named.length} more` : '';
  const end = exceptionCount === 0 ? 'no exceptions' : `exceptions: ${named.join(', ')}${more}`;
  const created = undated > 0 ? `, ${undated} of them by their creation as they have no date of execution` : '';
  return `${executed} contracts executed ${rangeText(range)}${created}, ${counts.join(', ')}; ${end}.`;
}

function countsOf(archived: Completeness['archived'], executed: number): string[] {
  const [[first, count] = ['', 0], ...others] = Object.entries(archived);
  const isEverywhere = others.length > 0 && Object.values(archived).every((each) => each === executed);
  if (isEverywhere) return [`${count} archived and verified in each destination`];
  return [`${count} archived and verified in ${first}`, ...others.map(([name, other]) => `${other} in ${name}`)];
}
