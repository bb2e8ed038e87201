import type { Receipt } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { readJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';

type ReceiptRow = { readonly receipt: Receipt | undefined };

/** A statement takes a limited number of parameters: 32,766 in SQLite. https://www.sqlite.org/limits.html */
const idsAtOnce = 1_000;

/** All receipts of some contracts, in one question for each thousand. */
export async function receiptsOf(
  database: Kysely<Tables>,
  contractIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ReceiptRow[]>> {
  const receipts = new Map<string, ReceiptRow[]>();
  for (let index = 0; index < contractIds.length; index += idsAtOnce) {
    for (const { contract_id: contractId, receipt } of await rowsOf(database, contractIds.slice(index, index + idsAtOnce))) {
      if (contractId === null) continue;
      const known = receipts.get(contractId);
      if (known) known.push({ receipt: readJson(receipt) });
      else receipts.set(contractId, [{ receipt: readJson(receipt) }]);
    }
  }
  return receipts;
}

function rowsOf(database: Kysely<Tables>, contractIds: readonly string[]) {
  return database
    .selectFrom('archive_ledger')
    .select(['contract_id', 'receipt'])
    .where('contract_id', 'in', contractIds)
    .where('receipt', 'is not', null)
    .execute();
}
