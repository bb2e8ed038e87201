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
  #hashed = 0;

  get size(): number {
    return this.bytes.size;
  }

  /** Appends a body; of one that breaks off the beginning is kept, down to a multiple of `multipleOf`. */
  async receive(body: ByteStream, multipleOf: number): Promise<void> {
    const start = this.size;
    try {
      await this.bytes.append(body);
    } catch (error) {
      await this.bytes.truncate(start + Math.floor((this.size - start) / multipleOf) * multipleOf);
      throw error;
    } finally {
      await this.#hashNew();
    }
  }

  async keepOnly(size: number): Promise<void> {
    await this.bytes.truncate(size);
    this.#hashes = newHashes();
    this.#hashed = 0;
    await this.#hashNew();
  }

  checksums(): Checksums {
    const [md5, sha1, sha256] = this.#hashes.map((hash) => hash.copy().digest('hex'));
    return { md5: md5 ?? '', sha1: sha1 ?? '', sha256: sha256 ?? '' };
  }

  async #hashNew(): Promise<void> {
    for await (const chunk of this.bytes.open({ start: this.#hashed })) {
      for (const hash of this.#hashes) hash.update(chunk);
      this.#hashed += chunk.byteLength;
    }
  }
}

function newHashes(): readonly Hash[] {
  return ['md5', 'sha1', 'sha256'].map((algorithm) => createHash(algorithm));
}
