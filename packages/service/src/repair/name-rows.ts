import { ArchiveError, type ContractRow, resolveContractId } from '@spotdraft-archive/core';
import type { AssessOptions } from './assess-contracts.ts';

/** A contract of a list, by its composite id. */
export interface NamedRow {
  readonly row: ContractRow;
  readonly contractId: string;
}

/**
 * Finds the composite ids of listed contracts. Those that SpotDraft lists by their numbers alone cost two requests or three each, unless the index
 * knows them by their references. One that was deleted meanwhile is left out.
 */
export async function nameRows(rows: readonly ContractRow[], options: AssessOptions): Promise<readonly NamedRow[]> {
  const byReference = await indexedIds(rows, options);
  const named = await Promise.all(
    rows.map(async (row) => {
      const known = row.contractId ?? byReference.get(referenceOf(row.numericId, row.referenceId));
      const contractId = known ?? (await resolved(row, options));
      return contractId === undefined ? [] : [{ row, contractId }];
    }),
  );
  return named.flat();
}

async function indexedIds(rows: readonly ContractRow[], { database }: AssessOptions): Promise<ReadonlyMap<string, string>> {
  const numbers = rows.flatMap(({ contractId, referenceId, numericId }) =>
    contractId === undefined && referenceId !== undefined ? numericId : [],
  );
  if (numbers.length === 0) return new Map();
  const ids = numbers.flatMap((number) => [`T-${number}`, `H-${number}`]);
  const indexed = await database
    .selectFrom('archive_contracts')
    .select(['contract_id', 'reference_id'])
    .where('contract_id', 'in', ids)
    .where('reference_id', 'is not', null)
    .execute();
  const found = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { contract_id: contractId, reference_id: referenceId } of indexed) {
    const reference = referenceOf(Number(contractId.slice(2)), referenceId ?? undefined);
    if (found.has(reference)) ambiguous.add(reference);
    found.set(reference, contractId);
  }
  for (const reference of ambiguous) found.delete(reference);
  return found;
}

function referenceOf(number: number, referenceId: string | undefined): string {
  return JSON.stringify([number, referenceId]);
}

async function resolved(row: ContractRow, { spotdraft, signal }: AssessOptions): Promise<string | undefined> {
  try {
    return (await resolveContractId(row, { spotdraft, signal })).contractId;
  } catch (error) {
    if (ArchiveError.isInstance(error) && error.code === 'spotdraft.contract_unresolved' && error.recovery === 'retry') return undefined;
    throw error;
  }
}
