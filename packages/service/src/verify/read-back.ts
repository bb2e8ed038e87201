import type { StorageDestination } from '@spotdraft-archive/core';
import { sha256 } from '@spotdraft-archive/core/destination';

/** What was computed from the bytes of a copy. */
export interface ReadBack {
  /** In bytes. */
  readonly size: number;
  /** In lower-case hex. */
  readonly sha256: string;
  /** In the store's own algorithm. */
  readonly hash: string;
}

export interface ReadBackOptions {
  readonly destination: StorageDestination;
  readonly signal?: AbortSignal | undefined;
}

/** Reads a copy from its store and computes its hashes. Memory does not grow with the copy. */
export async function readBack(id: string, { destination, signal }: ReadBackOptions): Promise<ReadBack> {
  const [ours, theirs] = [sha256.createHasher(), destination.capabilities.hash.createHasher()];
  let size = 0;
  for await (const bytes of await destination.open(id, { signal })) {
    ours.update(bytes);
    theirs.update(bytes);
    size += bytes.byteLength;
  }
  return { size, sha256: ours.digest(), hash: theirs.digest() };
}
