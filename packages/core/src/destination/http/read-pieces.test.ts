import { describe, expect, it } from 'vitest';
import { archiveErrorOf, failureOf } from '../../../test/destination-http/failure.ts';
import { letters } from '../../../test/destination-http/letters.ts';
import { type Piece, readPieces } from './read-pieces.ts';

async function collect(pieces: AsyncIterable<Piece>): Promise<string[]> {
  const texts: string[] = [];
  for await (const { offset, bytes, isLast } of pieces) texts.push(`${offset}:${new TextDecoder().decode(bytes)}${isLast ? '.' : ''}`);
  return texts;
}

describe('readPieces', () => {
  it.each([1, 3, 5, 26, 100])('cuts exact pieces whatever the chunks are (%i bytes)', async (chunkBytes) => {
    const pieces = await collect(readPieces(letters({ chunkBytes }), { pieceBytes: 10 }));
    expect(pieces).toEqual(['0:abcdefghij', '10:klmnopqrst', '20:uvwxyz.']);
  });

  it('goes on from an offset', async () => {
    expect(await collect(readPieces(letters(), { from: 22, pieceBytes: 2 }))).toEqual(['22:wx', '24:yz.']);
  });

  it('gives no piece of nothing', async () => {
    expect(await collect(readPieces(letters(), { from: 26, pieceBytes: 2 }))).toEqual([]);
  });

  it.each([
    ['shorter', 25],
    ['shorter by whole pieces', 9],
    ['shorter at a piece border', 20],
  ])('fails before the last piece of a document that is %s', async (_what, given) => {
    const seen: number[] = [];
    const read = async () => {
      for await (const { offset } of readPieces(letters({ given }), { pieceBytes: 10 })) seen.push(offset);
    };
    expect((await archiveErrorOf(read())).code).toBe('integrity.checksum_mismatch');
    expect(seen).not.toContain(20);
  });

  it('fails before the last piece of a document that is longer', async () => {
    const seen: number[] = [];
    const read = async () => {
      for await (const { offset } of readPieces(letters({ size: 20, given: 21 }), { pieceBytes: 10 })) seen.push(offset);
    };
    expect((await archiveErrorOf(read())).code).toBe('integrity.checksum_mismatch');
    expect(seen).toEqual([0]);
  });

  it('closes the source when the reader stops early', async () => {
    const document = letters();
    for await (const _piece of readPieces(document, { pieceBytes: 2 })) break;
    expect(document.isClosed).toBe(true);
  });

  it('ends with the reason of an abort although the source hangs', async () => {
    const controller = new AbortController();
    const hanging = { size: 10, open: () => new ReadableStream<Uint8Array>() };
    const reading = failureOf(collect(readPieces(hanging, { pieceBytes: 5, signal: controller.signal })));
    controller.abort(new Error('stop'));
    expect(await reading).toBe(controller.signal.reason);
  });
});
