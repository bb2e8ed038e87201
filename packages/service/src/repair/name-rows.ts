import { ArchiveError, type ContractRow, resolveContractId } from '@spotdraft-archive/core';
import { readJson } from '../database/json-column.ts';
import type { AssessOptions } from './assess-contracts.ts';

/** A contract of a list, by its composite id. */
export interface NamedRow {
  readonly row: ContractRow;
  readonly contractId: string;
}

export interface NamedRows {
  readonly named: readonly NamedRow[];
  /** Those that may be the `T` contract or the `H` contract of their number, and nothing tells which. */
  readonly unresolved: readonly ContractRow[];
}

/**
 * Finds the composite ids of listed contracts. Those that SpotDraft lists by their numbers alone cost two requests or three each, unless the index
 * knows them by their references or the moment of their creation. One that was deleted meanwhile is left out.
 */
export async function nameRows(rows: readonly ContractRow[], options: AssessOptions): Promise<NamedRows> {
  const indexed = await indexedContracts(rows, options);
  const named: NamedRow[] = [];
  const unresolved: ContractRow[] = [];
  const names = await Promise.all(rows.map((row) => nameOf(row, indexed, options)));
  for (const [index, row] of rows.entries()) {
    const { contractId, isUnresolved } = names[index] ?? {};
    if (isUnresolved) unresolved.push(row);
    else if (contractId !== undefined) named.push({ row, contractId });
  }
  return { named, unresolved };
}

/** Nothing in it: the contract was deleted meanwhile. */
interface RowName {
  readonly contractId?: string | undefined;
  readonly isUnresolved?: boolean | undefined;
}

async function nameOf(row: ContractRow, indexed: readonly IndexedContract[], { spotdraft, signal }: AssessOptions): Promise<RowName> {
  const known = row.contractId ?? indexedId(row, indexed);
  if (known !== undefined) return { contractId: known };
  try {
    return await resolveContractId(row, { spotdraft, signal });
  } catch (error) {
    if (!ArchiveError.isInstance(error) || error.code !== 'spotdraft.contract_unresolved') throw error;
    return { isUnresolved: error.recovery !== 'retry' };
  }
}

/** What the index has of a contract that a number alone may mean. */
interface IndexedContract {
  readonly contractId: string;
  readonly number: number;
  readonly referenceId: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string | undefined;
}

async function indexedContracts(rows: readonly ContractRow[], { database }: AssessOptions): Promise<readonly IndexedContract[]> {
  const numbers = rows.flatMap(({ contractId, numericId }) => (contractId === undefined ? numericId : []));
  if (numbers.length === 0) return [];
  const indexed = await database
    .selectFrom('archive_contracts')
    .select(['contract_id', 'reference_id', 'metadata'])
    .where(
      'contract_id',
      'in',
      numbers.flatMap((number) => [`T-${number}`, `H-${number}`]),
    )
    .execute();
  return indexed.map(({ contract_id: contractId, reference_id: referenceId, metadata }) => ({
    contractId,
    number: Number(contractId.slice(2)),
    referenceId: referenceId ?? undefined,
    createdAt: readJson(metadata)?.createdAt,
  }));
}

/** The one contract of the index that a row can be, as no two of a number share a reference or were made in one millisecond. */
function indexedId(row: ContractRow, indexed: readonly IndexedContract[]): string | undefined {
  const [found, ...others] = indexed.filter((contract) => contract.number === row.numericId && isSame(row, contract));
  return others.length === 0 ? found?.contractId : undefined;
}

function isSame(row: ContractRow, { referenceId, createdAt }: IndexedContract): boolean {
  if (row.referenceId !== undefined && referenceId !== undefined) return row.referenceId === referenceId;
  return createdAt !== undefined && row.createdAt?.toISOString() === createdAt;
}
