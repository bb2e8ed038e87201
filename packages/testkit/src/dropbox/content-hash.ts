import { createHash } from 'node:crypto';

const blockBytes = 4 * 2 ** 20;

/** Dropbox's `content_hash` of a stream, told while it passes. https://www.dropbox.com/developers/reference/content-hash */
export class ContentHash {
  readonly #overall = createHash('sha256');
  #block = createHash('sha256');
  #filled = 0;

  update(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.byteLength; ) {
      const part = bytes.subarray(start, start + blockBytes - this.#filled);
      this.#block.update(part);
      this.#filled += part.byteLength;
      start += part.byteLength;
      if (this.#filled === blockBytes) this.#endBlock();
    }
  }

  /** May be called once. */
  digest(): string {
    if (this.#filled > 0) this.#endBlock();
    return this.#overall.digest('hex');
  }

  #endBlock(): void {
    this.#overall.update(this.#block.digest());
    this.#block = createHash('sha256');
    this.#filled = 0;
  }
}
