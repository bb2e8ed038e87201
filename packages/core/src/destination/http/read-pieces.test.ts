import { describe, expect, it } from 'vitest';
import { archiveErrorOf, failureOf } from '../../../test/destination-http/failure.ts';
import { piecesInParallel } from './pieces-in-parallel.ts';
import { type Piece, readPieces } from './read-pieces.ts';

const alphabet = new TextEncoder().encode('abcdefghijklmnopqrstuvwxyz');

/** The alphabet as a document that arrives in chunks of this size. */
function letters({ chunkBytes = 5, size = 26, given = 26 } = {}) {
  const document = {
    size,
    isClosed: false,
    open(offset = 0) {
      let next = offset;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (next >= given) return controller.close();
          controller.enqueue(alphabet.subarray(next, Math.min(next + chunkBytes, given)));
          next += chunkBytes;
        },
        cancel() {
          document.isClosed = true;
        },
      });
    },
  };
  return document;
}

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

describe('piecesInParallel', () => {
  it('works on that many pieces at a time and on each once', async () => {
    let running = 0;
    let most = 0;
    const offsets: number[] = [];
    const progress: number[] = [];
    await piecesInParallel(letters(), {
      onProgress: ({ bytes }) => progress.push(bytes),
      pieceBytes: 4,
      parallel: 3,
      async work({ offset }) {
        offsets.push(offset);
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
      },
    });
    expect(offsets).toEqual([0, 4, 8, 12, 16, 20, 24]);
    expect(most).toBe(3);
    expect(progress.at(-1)).toBe(26);
  });

  it('fails with the first failure after telling the others to stop', async () => {
    const reason = new Error('part refused');
    let stopped = 0;
    const work = ({ offset }: Piece, signal: AbortSignal) =>
      new Promise<void>((_, reject) => {
        if (offset === 4) setImmediate(() => reject(reason));
        signal.addEventListener('abort', () => {
          stopped += 1;
          reject(new Error('stopped'));
        });
      });
    expect(await failureOf(piecesInParallel(letters(), { pieceBytes: 4, parallel: 3, work }))).toBe(reason);
    expect(stopped).toBe(3);
  });

  it('ends with the reason of an abort', async () => {
    const controller = new AbortController();
    const working = failureOf(piecesInParallel(letters(), { pieceBytes: 4, parallel: 2, work: untilStopped, signal: controller.signal }));
    controller.abort(new Error('stop'));
    expect(await working).toBe(controller.signal.reason);
  });

  it('fails when the document is shorter than it says', async () => {
    const error = await archiveErrorOf(
      piecesInParallel(letters({ given: 9 }), { pieceBytes: 4, parallel: 3, work: async () => undefined }),
    );
    expect(error.code).toBe('integrity.checksum_mismatch');
  });
});

function untilStopped(_piece: Piece, signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
