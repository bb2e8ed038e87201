import type { ContractFacts } from '@spotdraft-archive/core';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { readJson, writeJson } from '../database/json-column.ts';
import type { ContractsTable, Tables } from '../database/tables.ts';
import type { ContractMetadata } from './contract-metadata.ts';
import { type Facet, facetsOf } from './facets.ts';
import { foldText } from './fold-text.ts';
import { receiptsOf } from './receipts-of.ts';
import { currentReceipts } from './versions-of.ts';

export interface ContractToIndex {
  readonly contract: Pick<ContractFacts, 'contractId' | 'title' | 'referenceId' | 'contractType'>;
  readonly metadata: ContractMetadata;
  /** True when there may be more counterparties than those named: a list shows one. */
  readonly isPartial: boolean;
  /** What archiving it has led to; absent when its description alone is new. */
  readonly archived?: ArchivedState | undefined;
}

export interface ArchivedState {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly versionId: string | undefined;
  /** The destinations that a route has chosen. */
  readonly routedTo?: readonly string[] | undefined;
  readonly routeVersion?: string | undefined;
}

/**
 * Writes a contract's row of the index, and what it is found by, all or nothing. What an earlier, richer source told stays where this one is
 * silent. Safe to repeat.
 */
export async function indexContract(database: Kysely<Tables>, given: ContractToIndex): Promise<void> {
  await database.transaction().execute((transaction) => writeRow(transaction, given));
}

async function writeRow(
  transaction: Transaction<Tables>,
  { contract, metadata: told, isPartial, archived }: ContractToIndex,
): Promise<void> {
  const { contractId, title } = contract;
  const earlier = await transaction.selectFrom('archive_contracts').selectAll().where('contract_id', '=', contractId).executeTakeFirst();
  if (!earlier && !archived) return;
  const metadata = merge(readJson(earlier?.metadata ?? null), told, isPartial);
  const referenceId = contract.referenceId ?? earlier?.reference_id ?? null;
  const contractType = isOutdated(told, metadata) ? earlier?.contract_type : (contract.contractType ?? earlier?.contract_type);
  const row = {
    title,
    title_key: foldText(title).slice(0, 500),
    reference_id: referenceId,
    contract_type: contractType ?? null,
    metadata: writeJson(metadata),
    executed_at: metadata.executedAt === undefined ? null : Date.parse(metadata.executedAt),
    effective_on: metadata.effectiveDate ?? null,
    expires_on: metadata.expiryDate ?? null,
    ...stateColumns(archived, earlier),
  };
  await transaction
    .insertInto('archive_contracts')
    .values({ contract_id: contractId, ...row })
    .onConflict((conflict) => conflict.column('contract_id').doUpdateSet(row))
    .execute();

  const records = (await receiptsOf(transaction, [contractId])).get(contractId) ?? [];
  const destinations = Object.keys(currentReceipts(records, row.version_id ?? undefined));
  const facets = facetsOf({ contractType: contractType ?? undefined, sourceState: row.source_state, metadata, destinations });
  const words = [
    contractId,
    referenceId,
    title,
    metadata.owner?.name,
    metadata.owner?.email,
    ...facets.filter(isSearched).map(({ label }) => label),
  ];
  await replaceSearchRows(transaction, contractId, { facets, text: foldText(words.filter(Boolean).join('\n')) });
}

/** The service's own words would be found in every contract. */
function isSearched({ name }: Facet): boolean {
  return name !== 'kind' && name !== 'sourceState' && name !== 'destination';
}

function stateColumns(archived: ArchivedState | undefined, earlier: Selectable<ContractsTable> | undefined) {
  if (!archived)
    return {
      version_id: earlier?.version_id ?? null,
      source_state: earlier?.source_state ?? 'EXECUTED',
      archived_at: earlier?.archived_at ?? 0,
    };
  return {
    version_id: archived.versionId ?? null,
    source_state: 'EXECUTED',
    archived_at: archived.at,
    routed_to: archived.routedTo === undefined ? null : writeJson(archived.routedTo),
    route_version: archived.routeVersion ?? null,
  };
}

interface SearchRows {
  readonly facets: readonly Facet[];
  readonly text: string;
}

async function replaceSearchRows(transaction: Transaction<Tables>, contractId: string, { facets, text }: SearchRows): Promise<void> {
  await transaction.deleteFrom('archive_facets').where('contract_id', '=', contractId).execute();
  await transaction
    .insertInto('archive_facets')
    .values(facets.map((facet) => ({ contract_id: contractId, ...facet })))
    .execute();
  await transaction
    .insertInto('archive_search')
    .values({ contract_id: contractId, text })
    .onConflict((conflict) => conflict.column('contract_id').doUpdateSet({ text }))
    .execute();
}

/** True for a webhook that came after one which was sent later. */
function isOutdated({ describedAt = '' }: ContractMetadata, known: ContractMetadata): boolean {
  return describedAt !== '' && describedAt < (known.describedAt ?? '');
}

function merge(earlier: ContractMetadata | undefined, later: ContractMetadata, isPartial: boolean): ContractMetadata {
  const told = Object.fromEntries(Object.entries(later).filter(([, value]) => value !== undefined)) as unknown as ContractMetadata;
  if (earlier && isOutdated(later, earlier)) {
    // What was asked for just now is fresh all the same.
    const { keyPointers, effectiveDate, expiryDate } = told;
    return { ...told, ...earlier, ...(keyPointers && { keyPointers, effectiveDate, expiryDate }) };
  }
  return { ...earlier, ...told, counterparties: mergeParties(earlier?.counterparties ?? [], later.counterparties, isPartial) };
}

function mergeParties(earlier: readonly string[], later: readonly string[], isPartial: boolean): readonly string[] {
  const isPartOfEarlier = isPartial && later.every((name) => earlier.includes(name));
  return later.length === 0 || isPartOfEarlier ? earlier : later;
}
