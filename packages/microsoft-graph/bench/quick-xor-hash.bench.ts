// How many gigabytes of quickXorHash one core makes in a second. The aim is 1 GB/s.

import { quickXorHash } from '../src/index.ts';

const chunk = Buffer.alloc(65_536, 'spotdraft');
const chunks = 16_384;

for (const [name, bytes] of [
  ['aligned in memory', chunk],
  ['at an odd place', Buffer.concat([Buffer.alloc(1), chunk]).subarray(1)],
] as const) {
  const rounds = [1, 2, 3].map(() => {
    const hasher = quickXorHash.createHasher();
    const startedAt = performance.now();
    for (let index = 0; index < chunks; index += 1) hasher.update(bytes);
    hasher.digest();
    return (performance.now() - startedAt) / 1000;
  });
  console.log(`quickXorHash, ${name}: ${((bytes.byteLength * chunks) / Math.min(...rounds) / 1e9).toFixed(2)} GB/s`);
}
