import type { Receipt } from '@spotdraft-archive/core';
import { type Kysely, sql as raw } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';
import type { ContractMetadata } from './contract-metadata.ts';
import { currentReceipts } from './contract-status.ts';

/** What to look for: contracts that fit everything given. */
export interface ContractQuery {
  /** Words in the title, the id, the reference, the type, or the name of a party; in any order, upper or lower case. */
  readonly text?: string | undefined;
  /** Part of the name of another side, upper or lower case. */
  readonly counterparty?: string | undefined;
  /** The whole name of the type, as SpotDraft writes it. */
  readonly contractType?: string | undefined;
  /** The reference people use, such as `SD-1234`. */
  readonly referenceId?: string | undefined;
  /** How many at most. @default 100 */
  readonly limit?: number | undefined;
}

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
  /** Of the signed PDF, by destination. */
  readonly receipts: Readonly<Record<string, Receipt>>;
}

/** Finds archived contracts, those archived last first. */
export async function searchContracts(database: Kysely<Tables>, query: ContractQuery): Promise<readonly IndexedContract[]> {
  const { text = '', counterparty, contractType, referenceId, limit = 100 } = query;
  let select = database.selectFrom('archive_contracts').selectAll().orderBy('archived_at', 'desc').orderBy('contract_id').limit(limit);
  for (const word of text.toLowerCase().split(/\s+/).filter(Boolean)) select = select.where(contains('search_text', word));
  if (counterparty !== undefined) select = select.where(contains('counterparties', counterparty.toLowerCase()));
  if (contractType !== undefined) select = select.where('contract_type', '=', contractType);
  if (referenceId !== undefined) select = select.where('reference_id', '=', referenceId);
  const rows = await select.execute();
  const receipts = await receiptsOf(
    database,
    rows.map((row) => row.contract_id),
  );

  return rows.map((row) => ({
    ...(readJson(row.metadata) ?? { counterparties: [] }),
    contractId: row.contract_id,
    title: row.title,
    referenceId: row.reference_id ?? undefined,
    contractType: row.contract_type ?? undefined,
    versionId: row.version_id ?? undefined,
    sourceState: row.source_state,
    archivedAt: new Date(row.archived_at),
    receipts: currentReceipts(receipts.get(row.contract_id) ?? [], row.version_id ?? undefined),
  }));
}

function contains(column: 'search_text' | 'counterparties', part: string): ReturnType<typeof raw<boolean>> {
  const pattern = `%${part.replaceAll(/[~%_]/g, '~$&')}%`;
  return raw<boolean>`${raw.ref(column)} like ${pattern} escape '~'`;
}

/** All receipts of some contracts, in one question. */
export async function receiptsOf(
  database: Kysely<Tables>,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, readonly { readonly receipt: Receipt | undefined }[]>> {
  if (contractIds.length === 0) return new Map();
  const rows = await database
    .selectFrom('archive_ledger')
    .select(['contract_id', 'receipt'])
    .where('contract_id', 'in', contractIds)
    .where('receipt', 'is not', null)
    .execute();
  const receipts = new Map<string, { readonly receipt: Receipt | undefined }[]>();
  for (const { contract_id: contractId, receipt } of rows) {
    if (contractId === null) continue;
    receipts.set(contractId, [...(receipts.get(contractId) ?? []), { receipt: readJson(receipt) }]);
  }
  return receipts;
}
