import { describe, expect, it } from 'vitest';
import { archiveErrorOf } from '../../../test/destination-http/failure.ts';
import { exactly } from './exactly.ts';

/** Sends chunks of these sizes through and collects the sizes that come out. */
async function pass({ chunks, size, seen }: { readonly chunks: number[]; readonly size: number; readonly seen: number[] }): Promise<void> {
  const source = ReadableStream.from(chunks.map((length) => new Uint8Array(length)));
  for await (const chunk of source.pipeThrough(exactly(size))) seen.push(chunk.byteLength);
}

describe('exactly', () => {
  it.each([[[5, 5]], [[10]], [[5, 0, 5, 0]]])('lets a source of the right size through (%j)', async (chunks) => {
    const seen: number[] = [];
    await pass({ chunks, size: 10, seen });
    expect(seen).toEqual(chunks.filter((length) => length > 0));
  });

  it('lets an empty source of no size through', async () => {
    const seen: number[] = [];
    await pass({ chunks: [], size: 0, seen });
    expect(seen).toEqual([]);
  });

  it.each([
    ['longer by a chunk', [5, 5, 1]],
    ['longer within a chunk', [5, 6]],
    ['shorter', [5, 4]],
  ])('never lets the whole size through when the source is %s', async (_what, chunks) => {
    const seen: number[] = [];
    const error = await archiveErrorOf(pass({ chunks, size: 10, seen }));
    expect(error).toMatchObject({ code: 'integrity.checksum_mismatch', details: { expectedBytes: 10 } });
    expect(seen.reduce((sum, length) => sum + length, 0)).toBeLessThan(10);
  });
});
