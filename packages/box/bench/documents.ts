import { createHash } from 'node:crypto';
import type { DocumentToStore } from '@spotdraft-archive/core/destination';

const chunk = Buffer.alloc(65_536, 'spotdraft archive ');

/** A document of any size that takes no memory. Its first bytes are its own, the rest repeats. */
export function documentOf(name: string, size: number): DocumentToStore {
  const start = Buffer.from(`${name}\n`);
  const read = (offset: number) => chunksFrom(offset, { start, size });
  const [sha1, sha256] = [createHash('sha1'), createHash('sha256')];
  for (const bytes of read(0)) {
    sha1.update(bytes);
    sha256.update(bytes);
  }
  return {
    key: `bench/${name}`,
    path: { folders: [], name },
    mediaType: 'application/pdf',
    size,
    sha256: sha256.digest('hex'),
    hash: sha1.digest('hex'),
    properties: { contractId: 'T-1', title: name },
    open: (offset = 0) => ReadableStream.from(read(offset)),
  };
}

function* chunksFrom(offset: number, { start, size }: { readonly start: Buffer; readonly size: number }): Generator<Uint8Array> {
  for (let position = offset; position < size; ) {
    const source = position < start.byteLength ? start.subarray(position) : chunk;
    const bytes = source.subarray(0, size - position);
    position += bytes.byteLength;
    yield new Uint8Array(bytes);
  }
}
