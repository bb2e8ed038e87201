import { createHash } from 'node:crypto';

/** Names of the hashes that the supported stores report. */
export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'dropbox-content-hash' | 'quickxor';

/** Takes bytes piece by piece and gives the digest once, in the encoding in which the store reports it. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** May be called once. */
  digest(): string;
}

/** A hash that a destination reports for its files, and how to compute it. */
export interface DestinationHash {
  readonly algorithm: HashAlgorithm | (string & {});
  createHasher(): Hasher;
}

function nodeHash(algorithm: 'md5' | 'sha1' | 'sha256'): DestinationHash {
  return {
    algorithm,
    createHasher() {
      const hash = createHash(algorithm);
      return {
        update(bytes) {
          hash.update(bytes);
        },
        digest: () => hash.digest('hex'),
      };
    },
  };
}

/** MD5 in lower-case hex. */
export const md5: DestinationHash = nodeHash('md5');
/** SHA-1 in lower-case hex. */
export const sha1: DestinationHash = nodeHash('sha1');
/** SHA-256 in lower-case hex. */
export const sha256: DestinationHash = nodeHash('sha256');
