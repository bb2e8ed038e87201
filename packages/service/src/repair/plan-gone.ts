import type { SpotDraftClient } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { markContract } from '../contracts/mark-contract.ts';
import type { Tables } from '../database/tables.ts';
import type { Finding, PlannedRepair } from './finding.ts';
import { listedIds } from './listed-ids.ts';
import { type GoneState, stateAtSource } from './state-at-source.ts';

export interface SourceContext {
  readonly database: Kysely<Tables>;
  readonly spotdraft: SpotDraftClient;
  readonly signal?: AbortSignal | undefined;
}

/** As many ids as fit into one request. */
export const idsAtOnce = 50;

/** When SpotDraft shows none of so many contracts it is more likely that the credentials may not see them. */
const suspiciousCount = 10;

/**
 * Asks whether SpotDraft still has some contracts of the archive: one request for at most `idsAtOnce` of them, and one more for each that is
 * not listed.
 */
export async function planGone(contractIds: readonly string[], context: SourceContext): Promise<readonly PlannedRepair[]> {
  if (contractIds.length === 0) return [];
  const listed = await listedIds({ contractIds, signal: context.signal }, context);
  const unlisted = contractIds.filter((id) => !listed.has(id));
  const isSuspicious = listed.size === 0 && unlisted.length >= suspiciousCount;
  const planned: PlannedRepair[] = [];
  for (const contractId of unlisted) {
    const sourceState = await stateAtSource(contractId, context);
    if (sourceState === undefined) continue;
    const finding = {
      kind: 'gone at the source',
      contractId,
      destinations: [],
      expected: { sourceState: 'EXECUTED' },
      found: { sourceState },
    } as const;
    planned.push(isSuspicious ? { finding: hidden(finding) } : marking({ ...finding, action: 'mark index' }, { ...context, sourceState }));
  }
  return planned;
}

function hidden(finding: Omit<Finding, 'action'>): Finding {
  const reason = 'SpotDraft shows none of the contracts that it was asked for. Look whether the credentials still may see them.';
  return { ...finding, action: 'none', reason };
}

function marking(finding: Finding, { database, sourceState }: SourceContext & { readonly sourceState: GoneState }): PlannedRepair {
  const mark = { contractId: finding.contractId, sourceState };
  return { finding, apply: () => database.transaction().execute((transaction) => markContract(transaction, mark)) };
}
