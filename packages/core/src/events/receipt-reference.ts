import type { Receipt } from '../ledger/receipt.ts';

/**
 * A receipt without what tells where the copy lies: path and link hold the names of parties. The whole receipt is in the result of `archiveContract`
 * and in the ledger, by key and destination.
 */
export type ReceiptReference = Omit<Receipt, 'path' | 'webUrl'>;

export function referenceTo({ path: _path, webUrl: _webUrl, ...reference }: Receipt): ReceiptReference {
  return reference;
}
