import { createHash, type Hash } from 'node:crypto';
import type { DestinationHash } from '@spotdraft-archive/core/destination';

const blockBytes = 4 * 2 ** 20;

/**
 * Dropbox's own hash: SHA-256 over the SHA-256 digests of blocks of 4 MiB, in lower-case hex.
 *
 * https://www.dropbox.com/developers/reference/content-hash
 */
export const dropboxContentHash: DestinationHash = {
  algorithm: 'dropbox-content-hash',
  createHasher() {
    const overall = createHash('sha256');
    let block: Hash | undefined;
    let filled = 0;
    const endBlock = () => {
      if (block !== undefined) overall.update(block.digest());
      block = undefined;
      filled = 0;
    };
    return {
      update(bytes) {
        for (let start = 0; start < bytes.byteLength; ) {
          const part = bytes.subarray(start, start + blockBytes - filled);
          block ??= createHash('sha256');
          block.update(part);
          filled += part.byteLength;
          start += part.byteLength;
          if (filled === blockBytes) endBlock();
        }
      },
      digest() {
        endBlock();
        return overall.digest('hex');
      },
    };
  },
};

/** The content hash of bytes in memory. */
export function contentHashOf(bytes: Uint8Array): string {
  const hasher = dropboxContentHash.createHasher();
  hasher.update(bytes);
  return hasher.digest();
}
