import type { ContractFacts } from '@spotdraft-archive/core';
import { metadataText } from '@spotdraft-archive/core';
import type { OneOf } from '../contracts/contract-query.ts';
import { foldText } from '../contracts/fold-text.ts';

/** What a contract has to be, in every respect that is given. Whole values; upper and lower case are the same; of a list one is enough. */
export interface RouteCondition {
  readonly contractType?: OneOf | undefined;
  /** One of the other sides. */
  readonly counterparty?: OneOf | undefined;
  /** Our own legal entity. Webhooks tell it; for other contracts it costs one request for each name that has to be tried. */
  readonly entity?: OneOf | undefined;
  /** How the contract came to be, such as `EXECUTED_CONTRACT`. Webhooks alone tell it. */
  readonly kind?: OneOf | undefined;
  /** E-mail address or name. */
  readonly owner?: OneOf | undefined;
  /** The region of the SpotDraft workspace, such as `eu`: for rules that several services share. */
  readonly region?: OneOf | undefined;
  /** Costs one request for each tag that has to be tried: SpotDraft tells tags only as a filter of its list. */
  readonly tag?: OneOf | undefined;
  /** By field name, written as in layouts. Costs one request for each contract. */
  readonly keyPointers?: Readonly<Record<string, OneOf>> | undefined;
}

/** Contracts that fit `when` go to the destinations `to`, which may be none. The first rule that fits decides. */
export interface RouteRule {
  readonly when: RouteCondition;
  readonly to: readonly string[];
}

/** The respects that nobody has to be asked about. */
const readers: Readonly<
  Record<'contractType' | 'counterparty' | 'kind' | 'owner', (facts: ContractFacts) => readonly (string | undefined)[]>
> = {
  contractType: ({ contractType }) => [contractType],
  counterparty: ({ counterparties }) => counterparties,
  kind: ({ kind }) => [kind],
  owner: ({ owner }) => [owner?.email, owner?.name],
};

export const conditionNames: readonly string[] = [...Object.keys(readers), 'entity', 'region', 'tag', 'keyPointers'];

/** Answers what no fact tells. SpotDraft is asked once for each name, and its failure is thrown: then the route is asked again at the next attempt. */
export interface RouteQuestions {
  /** The region of the SpotDraft workspace, such as `eu`. */
  readonly region: string;
  /** Costs one request: SpotDraft tells tags only as a filter of its list. */
  readonly hasTag: (name: string) => Promise<boolean>;
  /** Whether this is our own legal entity of the contract. Costs one request where no webhook has told it. */
  readonly isOfEntity: (name: string) => Promise<boolean>;
}

/** The destinations of the first rule that fits; none when no rule does. */
export async function decideByRules(
  rules: readonly RouteRule[],
  facts: ContractFacts,
  questions: RouteQuestions,
): Promise<readonly string[]> {
  for (const { when, to } of rules) if (await fits(when, facts, questions)) return to;
  return [];
}

async function fits(when: RouteCondition, facts: ContractFacts, { region, hasTag, isOfEntity }: RouteQuestions): Promise<boolean> {
  for (const [name, read] of Object.entries(readers)) {
    const wanted = when[name as keyof typeof readers];
    if (wanted !== undefined && !hasOne(wanted, read(facts))) return false;
  }
  if (when.region !== undefined && !hasOne(when.region, [region])) return false;
  for (const [field, wanted] of Object.entries(when.keyPointers ?? {})) {
    if (!hasOne(wanted, [metadataText(facts.keyPointers?.get(field)?.value)])) return false;
  }
  if (when.entity !== undefined && !(await isSoForOne(when.entity, isOfEntity))) return false;
  return when.tag === undefined || isSoForOne(when.tag, hasTag);
}

async function isSoForOne(wanted: OneOf, isSo: (name: string) => Promise<boolean>): Promise<boolean> {
  for (const name of [wanted].flat()) if (await isSo(name)) return true;
  return false;
}

/** Whole values; upper and lower case are the same. */
export function hasOne(wanted: OneOf, values: readonly (string | undefined)[]): boolean {
  const folded = new Set([wanted].flat().map((value) => foldText(value.trim())));
  return values.some((value) => value !== undefined && folded.has(foldText(value.trim())));
}
