import { createHash, type Hash } from 'node:crypto';
import { type ByteStream, StoredBytes } from '../../emulator/index.ts';

export interface Checksums {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** Bytes on their way in, hashed as they come. */
export class IncomingContent {
  readonly bytes: StoredBytes = new StoredBytes();
  #hashes = newHashes();

  get size(): number {
    return this.bytes.size;
  }

  /** Appends a body; of one that breaks off the beginning is kept, down to a multiple of `multipleOf`. */
  async receive(body: ByteStream, multipleOf: number): Promise<void> {
    const start = this.size;
    try {
      for await (const chunk of body) {
        await this.bytes.append(chunk);
        for (const hash of this.#hashes) hash.update(chunk);
      }
    } catch (error) {
      await this.keepOnly(start + Math.floor((this.size - start) / multipleOf) * multipleOf);
      throw error;
    }
  }

  /** Forgets everything from `size` on. */
  async keepOnly(size: number): Promise<void> {
    if (size === this.size) return;
    await this.bytes.truncate(size);
    this.#hashes = newHashes();
    for await (const chunk of this.bytes.open()) for (const hash of this.#hashes) hash.update(chunk);
  }

  checksums(): Checksums {
    const [md5, sha1, sha256] = this.#hashes.map((hash) => hash.copy().digest('hex'));
    return { md5: md5 ?? '', sha1: sha1 ?? '', sha256: sha256 ?? '' };
  }
}

function newHashes(): readonly Hash[] {
  return ['md5', 'sha1', 'sha256'].map((algorithm) => createHash(algorithm));
}
