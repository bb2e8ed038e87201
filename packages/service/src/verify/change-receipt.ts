import type { Receipt } from '@spotdraft-archive/core';
import type { Kysely } from 'kysely';
import { type JsonText, writeJson } from '../database/json-column.ts';
import type { Tables } from '../database/tables.ts';

/** A receipt, with the text that the ledger has of it. */
export interface WrittenReceipt {
  readonly receipt: Receipt;
  readonly text: JsonText<Receipt>;
}

/** Writes a receipt in the place of an earlier one. False when the ledger has got another one meanwhile. */
export async function replaceReceipt(database: Kysely<Tables>, earlier: WrittenReceipt, receipt: Receipt): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('archive_ledger')
    .set({ receipt: writeJson(receipt) })
    .where('key', '=', earlier.receipt.key)
    .where('destination', '=', earlier.receipt.destination)
    .where('receipt', '=', earlier.text)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Takes a receipt back whose copy is not there any more, so that the next attempt stores the document again. Attempts that are under way are
 * fenced off. With `leftAlone`, the file of that id is neither adopted nor replaced then.
 *
 * False when the ledger has got another receipt meanwhile.
 */
export async function takeBackReceipt(database: Kysely<Tables>, earlier: WrittenReceipt, leftAlone?: string): Promise<boolean> {
  const { numUpdatedRows } = await database
    .updateTable('archive_ledger')
    .set((eb) => ({ receipt: null, attempts: eb('attempts', '+', 1), ...(leftAlone !== undefined && { left_alone: leftAlone }) }))
    .where('key', '=', earlier.receipt.key)
    .where('destination', '=', earlier.receipt.destination)
    .where('receipt', '=', earlier.text)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
