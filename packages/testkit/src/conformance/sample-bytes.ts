const blockBytes = 65_536;
const header = new TextEncoder().encode('%PDF-1.7\n');

export interface SampleBytesOptions {
  readonly seed: number;
  /** In bytes. */
  readonly size: number;
  /** @default 0 */
  readonly offset?: number;
}

/** Bytes that look random, differ from seed to seed and from place to place, and can be made from any offset without the ones before. */
export function* sampleBytes({ seed, size, offset = 0 }: SampleBytesOptions): Generator<Uint8Array<ArrayBuffer>, void> {
  for (let position = offset; position < size; ) {
    const block = Math.floor(position / blockBytes);
    const within = position - block * blockBytes;
    const bytes = makeBlock(seed, block).subarray(within, Math.min(blockBytes, size - block * blockBytes));
    position += bytes.byteLength;
    yield bytes;
  }
}

/** Xorshift: fast, and nothing here has to be unguessable. */
function makeBlock(seed: number, block: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(blockBytes / 4);
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(block + 1, 0x85ebca6b)) | 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  const bytes = new Uint8Array(words.buffer);
  if (block === 0) bytes.set(header);
  return bytes;
}
