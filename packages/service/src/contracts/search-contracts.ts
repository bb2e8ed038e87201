import type { Receipt } from '@spotdraft-archive/core';
import type { Kysely, Selectable } from 'kysely';
import { argumentError } from '../argument-error.ts';
import { readJson } from '../database/json-column.ts';
import type { ContractsTable, Tables } from '../database/tables.ts';
import type { ContractMetadata } from './contract-metadata.ts';
import { cursorOf, orderOf } from './contract-order.ts';
import type { ContractQuery } from './contract-query.ts';
import { matchContracts } from './match-contracts.ts';
import { receiptsOf } from './receipts-of.ts';
import { type ArchivedVersion, versionsOf } from './versions-of.ts';

/** A contract of the index and where its copies lie. */
export interface IndexedContract extends ContractMetadata {
  readonly contractId: string;
  readonly title: string;
  readonly referenceId?: string | undefined;
  readonly contractType?: string | undefined;
  readonly versionId?: string | undefined;
  /** `EXECUTED`, `DELETED` or `VOIDED`, as the archive last heard. */
  readonly sourceState: string;
  readonly archivedAt: Date;
  /** Where the route sent it; absent when there is no route. */
  readonly routedTo?: readonly string[] | undefined;
  /** Of the newest version's signed PDF, by destination. */
  readonly receipts: Readonly<Record<string, Receipt>>;
  /** The versions that were archived before, the latest first. Their copies stay. */
  readonly earlierVersions: readonly ArchivedVersion[];
}

/** A contract on a page. */
export interface FoundContract extends IndexedContract {
  /** What `after` takes to get the contracts that follow this one. */
  readonly cursor: string;
}

/** Finds archived contracts, those archived last first, unless another order is asked for. */
export async function searchContracts(database: Kysely<Tables>, query: ContractQuery): Promise<readonly FoundContract[]> {
  const { sortValue, direction, after } = orderOf(query);
  const rows = await database
    .selectFrom('archive_contracts')
    .selectAll()
    .select(sortValue.as('sort_value'))
    .where((eb) => eb.and([matchContracts(eb, query), after(eb) ?? eb.lit(true)]))
    .orderBy(sortValue, direction)
    .orderBy('contract_id', direction)
    .limit(limitOf(query))
    .execute();
  const contracts = await withReceipts(database, rows);
  return rows.map(({ contract_id: contractId, sort_value: value }, index) => ({
    ...(contracts[index] as IndexedContract),
    cursor: cursorOf({ value, contractId }),
  }));
}

function limitOf({ limit = 100 }: ContractQuery): number {
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw argumentError('limit', 'Pass a positive whole number.');
}

/** One contract of the index; `undefined` when it is not there. */
export async function readContract(database: Kysely<Tables>, contractId: string): Promise<IndexedContract | undefined> {
  const rows = await database.selectFrom('archive_contracts').selectAll().where('contract_id', '=', contractId).execute();
  return (await withReceipts(database, rows))[0];
}

async function withReceipts(database: Kysely<Tables>, rows: readonly Selectable<ContractsTable>[]): Promise<readonly IndexedContract[]> {
  const ids = rows.map((row) => row.contract_id);
  const receipts = await receiptsOf(database, ids);
  return rows.map((row) => ({
    ...(readJson(row.metadata) ?? { counterparties: [] }),
    contractId: row.contract_id,
    title: row.title,
    referenceId: row.reference_id ?? undefined,
    contractType: row.contract_type ?? undefined,
    versionId: row.version_id ?? undefined,
    sourceState: row.source_state,
    archivedAt: new Date(row.archived_at),
    routedTo: readJson(row.routed_to),
    ...versionsOf(receipts.get(row.contract_id) ?? [], row.version_id ?? undefined),
  }));
}
