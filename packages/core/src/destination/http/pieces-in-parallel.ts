import { type Piece, type ReadPiecesOptions, readPieces } from './read-pieces.ts';
import type { OpenableDocument } from './request-body.ts';

export interface PiecesInParallelOptions extends ReadPiecesOptions {
  /** How many pieces are worked on at a time; that many are in memory. */
  readonly parallel: number;
  /** Works on one piece. Its signal is aborted as soon as another piece has failed. */
  readonly work: (piece: Piece, signal: AbortSignal) => Promise<void>;
  /** Called with the bytes of all pieces that are done, those before `from` included. */
  readonly onProgress?: ((progress: { readonly bytes: number }) => void) | undefined;
}

/**
 * Reads a document once and works on several of its pieces at a time, begun in order.
 *
 * Rejects with the first failure, after the work that ran has ended.
 */
export async function piecesInParallel(document: OpenableDocument, options: PiecesInParallelOptions): Promise<void> {
  const { from = 0, parallel, work, onProgress, signal } = options;
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });

  const pieces = readPieces(document, { ...options, signal: stop.signal });
  let done = from;
  let failure: { readonly error: unknown } | undefined;
  const worker = async () => {
    try {
      // The workers share one iterator; an async generator hands out one piece after the other.
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
        await work(next.value, stop.signal);
        done += next.value.bytes.byteLength;
        onProgress?.({ bytes: done });
      }
    } catch (error) {
      failure ??= { error };
      stop.abort(error);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await pieces.return();
  }
  signal?.throwIfAborted();
  if (failure !== undefined) throw failure.error;
}
