import { assessContracts, type Survey } from './assess-contracts.ts';
import { type DateRange, dayMs, rangeText, windowsOf } from './date-range.ts';

/** A contract that is not in every destination. */
export interface CompletenessException {
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
  readonly isComplete: boolean;
  readonly exceptions: readonly CompletenessException[];
}

/** So many exceptions are named in the sentence; the data names all. */
const namedExceptions = 10;

export async function completeness(range: DateRange, survey: Survey): Promise<Completeness> {
  const seen = new Set<string>();
  const names = Object.keys(survey.destinations);
  const archived = Object.fromEntries(names.map((name) => [name, 0]));
  const exceptions: CompletenessException[] = [];
  for (const window of windowsOf(range, 7 * dayMs)) {
    for await (const { contractId, lacking, damaged, job = 'none' } of assessContracts({
      ...survey,
      by: 'execution',
      window,
      signal: range.signal,
    })) {
      if (seen.has(contractId)) continue;
      seen.add(contractId);
      const destinations = [...lacking, ...damaged];
      for (const name of names) if (!destinations.includes(name)) archived[name] = (archived[name] ?? 0) + 1;
      if (destinations.length > 0) exceptions.push({ contractId, destinations, job });
    }
  }
  const executed = seen.size;
  const sentence = sentenceOf(range, { executed, archived, exceptions });
  return { sentence, executed, archived, isComplete: exceptions.length === 0, exceptions };
}

function sentenceOf(
  range: DateRange,
  { executed, archived, exceptions }: Pick<Completeness, 'executed' | 'archived' | 'exceptions'>,
): string {
  const counts = Object.entries(archived).map(([name, count]) => `${count} archived and verified in ${name}`);
  const named = exceptions.slice(0, namedExceptions).map(({ contractId }) => contractId);
  const more = exceptions.length > named.length ? ` and ${exceptions.length - named.length} more` : '';
  const end = exceptions.length === 0 ? 'no exceptions' : `exceptions: ${named.join(', ')}${more}`;
  return `${executed} contracts executed ${rangeText(range)}, ${counts.join(', ')}; ${end}.`;
}
