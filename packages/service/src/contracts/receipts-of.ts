import type { Receipt } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';

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
    const known = receipts.get(contractId);
    if (known) known.push({ receipt: readJson(receipt) });
    else receipts.set(contractId, [{ receipt: readJson(receipt) }]);
  }
  return receipts;
}
