import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentHashOf, dropboxContentHash } from './content-hash.ts';

interface Vectors {
  readonly vectors: readonly { readonly length: number; readonly dropboxContentHash: string }[];
}

const file = join(import.meta.dirname, '../../../../shared/reference/provider-specs/hash-vectors.json');
const isThere = existsSync(file);

describe('the content hash', () => {
  it.skipIf(!isThere)('is that of every test vector, however the bytes are cut (needs ../shared/reference)', () => {
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
    for (const { length, dropboxContentHash: expected } of vectors) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + 7) % 251);
      expect(contentHashOf(bytes), `${length} bytes`).toBe(expected);
      const hasher = dropboxContentHash.createHasher();
      for (let start = 0; start < length; start += 1_000_003) hasher.update(bytes.subarray(start, start + 1_000_003));
      expect(hasher.digest(), `${length} bytes in parts`).toBe(expected);
    }
  });
});
