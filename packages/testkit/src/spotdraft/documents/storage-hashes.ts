import { createHash } from 'node:crypto';
import type { FixtureDocument } from '../../fixtures/fixture-document.ts';

const headers = new WeakMap<FixtureDocument, Promise<string>>();
const largestBytesForCrc32c = 16 * 1024 * 1024;

/**
 * The `x-goog-hash` header of Google Cloud Storage: CRC-32C and MD5, in base64. Computed once for each document, by reading it once. A large
 * document has the MD5 alone, which takes a tenth of the time.
 */
export function storageHashHeader(document: FixtureDocument): Promise<string> {
  const header = headers.get(document) ?? computeHeader(document);
  headers.set(document, header);
  return header;
}

async function computeHeader(document: FixtureDocument): Promise<string> {
  const hasCrc32c = document.size <= largestBytesForCrc32c;
  const md5 = createHash('md5');
  let crc = 0;
  for await (const chunk of document.open()) {
    md5.update(chunk);
    if (hasCrc32c) crc = crc32c(chunk, crc);
  }
  const crcBytes = Buffer.alloc(4);
  crcBytes.writeUInt32BE(crc);
  return [...(hasCrc32c ? [`crc32c=${crcBytes.toString('base64')}`] : []), `md5=${md5.digest('base64')}`].join(',');
}

const crcTable = Uint32Array.from({ length: 256 }, (_none, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(bytes: Uint8Array, previous: number): number {
  let crc = ~previous;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
