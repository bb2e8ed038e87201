import { assessBatches, type Survey } from './assess-contracts.ts';
import { ContractNumbers } from './contract-numbers.ts';
import { type DateRange, dayMs, rangeText, windowsOf } from './date-range.ts';
import { mostAsked, type OldestException, oldestOf, type WaitingContract } from './oldest-exception.ts';
import { UnresolvedRows } from './unresolved-rows.ts';

/** A contract that is not in every destination. */
export interface CompletenessException {
  /** Composite id; the number alone of a contract that SpotDraft lists by its number and that nothing tells from the other one of that number. */
  readonly contractId: string;
  /** The destinations that lack a copy, or whose copy was found altered. */
  readonly destinations: readonly string[];
  /** What its job is doing about it. */
  readonly job: 'waiting' | 'running' | 'parked' | 'dead' | 'none';
}

export interface Completeness {
  /** For a person: how many contracts were executed, how many of them are archived where, and which are not. */
  readonly sentence: string;
  readonly executed: number;
  /** Archived and verified, by destination. */
  readonly archived: Readonly<Record<string, number>>;
  /** Those that the route sends nowhere. */
  readonly unrouted: number;
  readonly isComplete: boolean;
  readonly exceptions: readonly CompletenessException[];
  /**
   * The exception that was executed first. Its date is exact to the week when there are more than 20 exceptions in that week, and for `H`
   * contracts, of which SpotDraft tells no date.
   */
  readonly oldest?: OldestException | undefined;
}

/** So many exceptions are named in the sentence; the data names all. */
const namedExceptions = 10;

/**
 * Compares what SpotDraft calls executed with what is archived. Contracts without a date of execution are in no range.
 *
 * One request for each 100 contracts, and at most 20 for the date of the oldest exception.
 */
export async function completeness(range: DateRange, survey: Survey): Promise<Completeness> {
  const seen = new ContractNumbers();
  const unresolved = new UnresolvedRows();
  const archived = Object.fromEntries(Object.keys(survey.destinations).map((name) => [name, 0]));
  const exceptions: CompletenessException[] = [];
  const waiting: WaitingContract[] = [];
  let unrouted = 0;
  for (const window of windowsOf(range, 7 * dayMs)) {
    const isFirst = exceptions.length === 0;
    for await (const batch of assessBatches({ ...survey, by: 'execution', window, signal: range.signal })) {
      for (const { contractId, destinations, lacking, damaged, executedAt, job = 'none' } of batch.contracts) {
        if (seen.has(contractId)) continue;
        seen.add(contractId);
        if (destinations.length === 0) unrouted += 1;
        const missing = [...lacking, ...damaged];
        for (const name of destinations) if (!missing.includes(name)) archived[name] = (archived[name] ?? 0) + 1;
        if (missing.length === 0) continue;
        exceptions.push({ contractId, destinations: missing, job });
        // Windows come oldest first, so the oldest exception is in the first one that has any.
        if (isFirst && waiting.length < mostAsked) waiting.push({ contractId, executedAt, executedFrom: window.from });
      }
      for (const { numericId } of unresolved.add(batch.unresolved)) {
        const contractId = String(numericId);
        exceptions.push({ contractId, destinations: Object.keys(survey.destinations), job: 'none' });
        if (isFirst && waiting.length < mostAsked) waiting.push({ contractId, executedAt: undefined, executedFrom: window.from });
      }
    }
  }
  const executed = seen.size + unresolved.size;
  const oldest = await oldestOf(waiting, { ...survey, now: survey.now(), signal: range.signal });
  const sentence = sentenceOf(range, { executed, archived, unrouted, exceptions });
  return { sentence, executed, archived, unrouted, isComplete: exceptions.length === 0, exceptions, oldest };
}

function sentenceOf(
  range: DateRange,
  { executed, archived, unrouted, exceptions }: Pick<Completeness, 'executed' | 'archived' | 'unrouted' | 'exceptions'>,
): string {
  const counts = countsOf(archived, executed);
  if (unrouted > 0) counts.push(`${unrouted} routed nowhere`);
  const named = exceptions.slice(0, namedExceptions).map(({ contractId }) => contractId);
  const more = exceptions.length > named.length ? ` and ${exceptions.length - named.length} more` : '';
  const end = exceptions.length === 0 ? 'no exceptions' : `exceptions: ${named.join(', ')}${more}`;
  return `${executed} contracts executed ${rangeText(range)}, ${counts.join(', ')}; ${end}.`;
}

function countsOf(archived: Completeness['archived'], executed: number): string[] {
  const [[first, count] = ['', 0], ...others] = Object.entries(archived);
  const isEverywhere = others.length > 0 && Object.values(archived).every((each) => each === executed);
  if (isEverywhere) return [`${count} archived and verified in each destination`];
  return [`${count} archived and verified in ${first}`, ...others.map(([name, other]) => `${other} in ${name}`)];
}
