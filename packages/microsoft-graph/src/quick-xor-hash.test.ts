import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quickXorHash } from './quick-xor-hash.ts';

interface Vectors {
  readonly vectors: readonly { readonly length: number; readonly quickXorHash: string }[];
}

const file = new URL('../../../../shared/reference/provider-specs/hash-vectors.json', import.meta.url);

describe('quickXorHash', () => {
  it('is all zeros for nothing', () => {
    expect(hashOf(new Uint8Array())).toBe('AAAAAAAAAAAAAAAAAAAAAAAAAAA=');
  });

  it('mixes the length into the end of the ring', () => {
    expect(hashOf(new Uint8Array([7]))).toBe('BwAAAAAAAAAAAAAAAQAAAAAAAAA=');
  });

  it.skipIf(!existsSync(file))('gives the reference values (skipped without ../shared/reference)', () => {
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;
    for (const vector of vectors) expect(hashOf(sample(vector.length)), `${vector.length} bytes`).toBe(vector.quickXorHash);
  });

  it('does not depend on how the bytes are cut, or where in memory they lie', () => {
    const bytes = sample(70_001);
    const whole = hashOf(bytes);
    for (const cut of [1, 3, 159, 160, 161, 20_481]) {
      const hasher = quickXorHash.createHasher();
      for (let start = 0; start < bytes.length; start += cut) hasher.update(bytes.subarray(start, start + cut));
      expect(hasher.digest(), `cut every ${cut} bytes`).toBe(whole);
    }
  });
});

function sample(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + 7) % 251);
}

function hashOf(bytes: Uint8Array): string {
  const hasher = quickXorHash.createHasher();
  hasher.update(bytes);
  return hasher.digest();
}
