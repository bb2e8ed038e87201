import type { Receipt, StorageDestination } from '@spotdraft-archive/core';
import type { StoredCopy } from '@spotdraft-archive/core/destination';
import { type ReadBack, readBack } from './read-back.ts';
import { pathOfReceipt } from './receipt-path.ts';

/** What a look at a copy has shown. */
export interface CopyCheck {
  /** `intact`: the bytes are those of the receipt. `altered`: they are others. `deleted`: no file of this id or key is there. */
  readonly state: 'intact' | 'altered' | 'deleted';
  /** As the store describes it now. */
  readonly copy?: StoredCopy | undefined;
  /** Of the bytes, when they were read. */
  readonly bytes?: ReadBack | undefined;
  /** Ids of further files with the key. */
  readonly duplicateIds: readonly string[];
}

export interface CheckCopyOptions {
  readonly destination: StorageDestination;
  /** Reads the bytes as well, instead of believing the store's hash. */
  readonly isRead: boolean;
  /** A file that is known to carry the key and to hold other bytes. */
  readonly leftAlone?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at the copy of a receipt: by its id, by its key where the store can search for one, and by its bytes when asked to.
 *
 * Changes nothing. A look-up that fails throws, and never means that the copy is absent.
 */
export async function checkCopy(receipt: Receipt, options: CheckCopyOptions): Promise<CopyCheck> {
  const { destination, isRead, leftAlone, signal } = options;
  const byId = await destination.stat(receipt.id, { signal });
  const isSearchable = destination.capabilities.keyLookup !== 'path-only';
  const query = { key: receipt.key, path: pathOfReceipt(receipt) };
  const byKey = isSearchable || byId === undefined ? await destination.find(query, { signal }) : undefined;

  const known = [...(byKey ? [byKey.id] : []), ...(byKey?.twins ?? [])].filter((id) => id !== leftAlone);
  const copy = byId ?? (await copyOfKey(known[0], byKey, options));
  if (copy === undefined) return { state: 'deleted', duplicateIds: [] };

  const bytes = isRead || copy.hash === undefined ? await readBack(copy.id, { destination, signal }) : undefined;
  const isIntact = (copy.hash ?? bytes?.hash) === receipt.destinationHash && (bytes === undefined || isSame(bytes, receipt));
  return { state: isIntact ? 'intact' : 'altered', copy, bytes, duplicateIds: known.filter((id) => id !== copy.id) };
}

/** Describes the file that carries the key, when the one of the receipt is gone. */
async function copyOfKey(
  id: string | undefined,
  byKey: StoredCopy | undefined,
  { destination, signal }: CheckCopyOptions,
): Promise<StoredCopy | undefined> {
  if (id === undefined || id === byKey?.id) return id === undefined ? undefined : byKey;
  return destination.stat(id, { signal });
}

function isSame(bytes: ReadBack, { sha256, destinationHash, outcome }: Receipt): boolean {
  if (bytes.hash !== destinationHash) return false;
  // A store that rewrote the file keeps other bytes than SpotDraft's; its own hash of them is what was proved.
  return outcome === 'altered-by-destination' || bytes.sha256 === sha256;
}
