import { sizeMismatch } from './exactly.ts';
import type { OpenableDocument } from './request-body.ts';

/** A run of a document's bytes. */
export interface Piece {
  /** Of its first byte in the document. */
  readonly offset: number;
  /** Belongs to whoever got it. */
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

export interface ReadPiecesOptions {
  /** First byte to read. @default 0 */
  readonly from?: number | undefined;
  /** Size of every piece but the last. */
  readonly pieceBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Cuts a document into pieces of exact size and holds one of them in memory at a time. An empty rest gives no piece.
 *
 * Throws `IntegrityError` when the document is shorter or longer than its size, before the last piece is given away.
 */
export async function* readPieces(document: OpenableDocument, options: ReadPiecesOptions): AsyncGenerator<Piece, void, undefined> {
  const { from = 0, pieceBytes, signal } = options;
  if (!Number.isSafeInteger(pieceBytes) || pieceBytes < 1) throw new RangeError('pieceBytes must be a positive whole number.');
  signal?.throwIfAborted();
  if (from >= document.size) return;
  const source = abortable(document.open(from), signal);
  try {
    let offset = from;
    while (offset < document.size) {
      const bytes = await source.fill(Math.min(pieceBytes, document.size - offset));
      const end = offset + bytes.byteLength;
      const isLast = end === document.size;
      if (isLast && !(await source.isAtEnd())) throw sizeMismatch({ expected: document.size, received: end + 1, isComplete: false });
      if (bytes.byteLength < pieceBytes && !isLast) throw sizeMismatch({ expected: document.size, received: end, isComplete: true });
      yield { offset, bytes, isLast };
      offset = end;
    }
  } finally {
    source.close();
  }
}

interface Source {
  /** Reads that many bytes, or as many as there are. */
  fill(length: number): Promise<Uint8Array>;
  isAtEnd(): Promise<boolean>;
  close(): void;
}

/** A reader whose pending read ends as soon as the signal is aborted, even when the source never answers. */
function abortable(stream: ReadableStream<Uint8Array>, signal: AbortSignal | undefined): Source {
  const reader = stream.getReader();
  let rest = new Uint8Array(0);
  const onAbort = () => void reader.cancel(signal?.reason).catch(() => undefined);
  signal?.addEventListener('abort', onAbort, { once: true });

  async function next(): Promise<Uint8Array | undefined> {
    const { done, value } = await reader.read();
    signal?.throwIfAborted();
    return done ? undefined : value;
  }

  return {
    async fill(length) {
      const bytes = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const chunk: Uint8Array | undefined = rest.byteLength > 0 ? rest : await next();
        if (chunk === undefined) return bytes.subarray(0, filled);
        const taken = chunk.subarray(0, length - filled);
        bytes.set(taken, filled);
        filled += taken.byteLength;
        rest = new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset + taken.byteLength, chunk.byteLength - taken.byteLength);
      }
      return bytes;
    },
    async isAtEnd() {
      while (rest.byteLength === 0) {
        const chunk = await next();
        if (chunk === undefined) return true;
        rest = new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength);
      }
      return false;
    },
    close() {
      signal?.removeEventListener('abort', onAbort);
      reader.cancel().catch(() => undefined);
    },
  };
}
