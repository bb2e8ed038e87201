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
  /** Those that the route sends nowhere. */
  readonly unrouted: number;
  readonly isComplete: boolean;
  readonly exceptions: readonly CompletenessException[];
}

/** So many exceptions are named in the sentence; the data names all. */
const namedExceptions = 10;

export async function completeness(range: DateRange, survey: Survey): Promise<Completeness> {
  const seen = new Set<string>();
  const archived = Object.fromEntries(Object.keys(survey.destinations).map((name) => [name, 0]));
  const exceptions: CompletenessException[] = [];
  let unrouted = 0;
  for (const window of windowsOf(range, 7 * dayMs)) {
    for await (const { contractId, destinations, lacking, damaged, job = 'none' } of assessContracts({
      ...survey,
      by: 'execution',
      window,
      signal: range.signal,
    })) {
      if (seen.has(contractId)) continue;
      seen.add(contractId);
      if (destinations.length === 0) unrouted += 1;
      const missing = [...lacking, ...damaged];
      for (const name of destinations) if (!missing.includes(name)) archived[name] = (archived[name] ?? 0) + 1;
      if (missing.length > 0) exceptions.push({ contractId, destinations: missing, job });
    }
  }
  const executed = seen.size;
  const sentence = sentenceOf(range, { executed, archived, unrouted, exceptions });
  return { sentence, executed, archived, unrouted, isComplete: exceptions.length === 0, exceptions };
}

function sentenceOf(
  range: DateRange,
  { executed, archived, unrouted, exceptions }: Pick<Completeness, 'executed' | 'archived' | 'unrouted' | 'exceptions'>,
): string {
  const counts = Object.entries(archived).map(([name, count]) => `${count} archived and verified in ${name}`);
  if (unrouted > 0) counts.push(`${unrouted} routed nowhere`);
  const named = exceptions.slice(0, namedExceptions).map(({ contractId }) => contractId);
  const more = exceptions.length > named.length ? ` and ${exceptions.length - named.length} more` : '';
  const end = exceptions.length === 0 ? 'no exceptions' : `exceptions: ${named.join(', ')}${more}`;
  return `${executed} contracts executed ${rangeText(range)}, ${counts.join(', ')}; ${end}.`;
}
