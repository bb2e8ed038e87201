import { type Clock, systemClock } from './clock.ts';
import { type Piece, type ReadPiecesOptions, readPieces } from './read-pieces.ts';
import type { OpenableDocument } from './request-body.ts';

export interface PiecesInParallelOptions extends ReadPiecesOptions {
  /** How many pieces are worked on at a time; that many are in memory. */
  readonly parallel: number;
  /** Works on one piece, within bounds of its own. Its signal is aborted when the caller aborts, and `graceMs` after the work on another piece failed. */
  readonly work: (piece: Piece, signal: AbortSignal) => Promise<void>;
  /** Called with the bytes of all pieces that are done, those before `from` included. */
  readonly onProgress?: ((progress: { readonly bytes: number }) => void) | undefined;
  /** How long work may go on after that on another piece has failed. @default 30000 */
  readonly graceMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Reads a document once and works on several of its pieces at a time, begun in order.
 *
 * Rejects with the first failure, after the work that ran has ended. That work is not broken off, because what a store keeps of it need not be sent
 * again: when reading fails, the pieces that were read are good, and the store is as well as before. When the work on a piece fails the store may be
 * ill, so that the others get `graceMs` and no more. An abort stops everything at once.
 */
export async function piecesInParallel(document: OpenableDocument, options: PiecesInParallelOptions): Promise<void> {
  const { from = 0, parallel, work, onProgress, signal, graceMs = 30_000, clock = systemClock } = options;
  const reading = new AbortController();
  const working = new AbortController();
  const allEnded = new AbortController();
  const onAbort = () => {
    reading.abort(signal?.reason);
    working.abort(signal?.reason);
  };
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });

  const pieces = readPieces(document, { ...options, signal: reading.signal });
  let done = from;
  let failure: { readonly error: unknown } | undefined;
  let isPatient = true;

  async function workOn(piece: Piece): Promise<void> {
    try {
      await work(piece, working.signal);
    } catch (error) {
      if (isPatient) void losePatience(error);
      throw error;
    }
    done += piece.bytes.byteLength;
    onProgress?.({ bytes: done });
  }

  async function losePatience(reason: unknown): Promise<void> {
    isPatient = false;
    const isOver = await clock.wait(graceMs, { signal: allEnded.signal }).then(
      () => true,
      () => false,
    );
    if (isOver) working.abort(reason);
  }

  async function worker(): Promise<void> {
    try {
      // The workers share one iterator; an async generator hands out one piece after the other.
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) await workOn(next.value);
    } catch (error) {
      failure ??= { error };
      reading.abort(error);
    }
  }

  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } finally {
    allEnded.abort();
    signal?.removeEventListener('abort', onAbort);
    await pieces.return();
  }
  signal?.throwIfAborted();
  if (failure !== undefined) throw failure.error;
}
