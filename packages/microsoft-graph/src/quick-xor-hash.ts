import type { DestinationHash, Hasher } from '@spotdraft-archive/core/destination';

/** Byte i of the input goes into a ring of 160 bits at bit 11 · i, so bytes that are 160 apart meet at the same place. */
const blockBytes = 160;
const ringBits = 160;
const shiftBits = 11;
const blockWords = blockBytes / 4;
/** Bytes per pass of the fast loop: whole blocks that stay in the processor's first cache. */
const passBytes = blockBytes * 128;

/**
 * Microsoft's hash of file contents, in base64. Finds accidents, not attackers: it is not cryptographic.
 *
 * https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash
 */
export const quickXorHash: DestinationHash = { algorithm: 'quickxor', createHasher: createQuickXorHasher };

function createQuickXorHasher(): Hasher {
  const columns = new Uint8Array(blockBytes);
  const columnWords = new Int32Array(columns.buffer);
  const pass = new Int32Array(passBytes / 4);
  const passView = new Uint8Array(pass.buffer);
  let length = 0;

  function addBytes(bytes: Uint8Array): void {
    for (const byte of bytes) {
      const column = length % blockBytes;
      columns[column] = (columns[column] ?? 0) ^ byte;
      length += 1;
    }
  }

  function addBlocks(words: Int32Array): void {
    for (let column = 0; column < blockWords; column += 1) {
      let folded = columnWords[column] ?? 0;
      for (let word = column; word < words.length; word += blockWords) folded ^= words[word] ?? 0;
      columnWords[column] = folded;
    }
    length += words.byteLength;
  }

  function addPass(bytes: Uint8Array): void {
    const isAligned = bytes.byteOffset % 4 === 0;
    if (!isAligned) passView.set(bytes);
    addBlocks(isAligned ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4) : pass.subarray(0, bytes.byteLength / 4));
  }

  return {
    update(bytes) {
      const upToBlock = Math.min((blockBytes - (length % blockBytes)) % blockBytes, bytes.byteLength);
      addBytes(bytes.subarray(0, upToBlock));
      const lastBlock = bytes.byteLength - ((bytes.byteLength - upToBlock) % blockBytes);
      for (let start = upToBlock; start < lastBlock; start += passBytes) {
        addPass(bytes.subarray(start, Math.min(start + passBytes, lastBlock)));
      }
      addBytes(bytes.subarray(lastBlock));
    },
    digest: () => Buffer.from(closeRing(columns, length)).toString('base64'),
  };
}

/** Turns each column to its place in the ring, then mixes in the length, little-endian, at the ring's end. */
function closeRing(columns: Uint8Array, length: number): Uint8Array {
  const ring = new Uint8Array(ringBits / 8);
  columns.forEach((column, index) => {
    const bit = (index * shiftBits) % ringBits;
    const low = Math.floor(bit / 8);
    const high = (low + 1) % ring.length;
    const turned = column << (bit % 8);
    ring[low] = (ring[low] ?? 0) ^ (turned & 0xff);
    ring[high] = (ring[high] ?? 0) ^ (turned >> 8);
  });
  const end = new DataView(ring.buffer, ring.length - 8);
  end.setBigUint64(0, end.getBigUint64(0, true) ^ BigInt(length), true);
  return ring;
}
