import type { ByteStream } from '../../emulator/index.ts';

/** quickXorHash as Microsoft describes it, byte by byte: slow, plain, and not the code under test. */
export async function quickXorOf(bytes: ByteStream): Promise<string> {
  const columns = new Uint8Array(160);
  let length = 0;
  for await (const chunk of bytes) {
    let column = length % 160;
    for (let index = 0; index < chunk.length; index += 1) {
      columns[column] = (columns[column] as number) ^ (chunk[index] as number);
      column = column === 159 ? 0 : column + 1;
    }
    length += chunk.length;
  }
  const bits = new Uint8Array(20);
  for (let column = 0; column < 160; column += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      if (((columns[column] as number) >> bit) % 2 === 0) continue;
      const place = (column * 11 + bit) % 160;
      bits[place >> 3] = (bits[place >> 3] as number) ^ (1 << (place % 8));
    }
  }
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(length));
  size.forEach((byte, index) => {
    bits[12 + index] = (bits[12 + index] as number) ^ byte;
  });
  return Buffer.from(bits).toString('base64');
}
