import { ArchiveError } from '../../errors/archive-error.ts';
import { DestinationError } from '../../errors/destination-error.ts';
import { type Clock, systemClock } from './clock.ts';
import { createPatience } from './patience.ts';
import { type Piece, readPieces } from './read-pieces.ts';
import type { OpenableDocument } from './request-body.ts';
import type { RetryOptions } from './requester-types.ts';

/** Where an upload stands: how many bytes the store holds, counted from the start, or what it answered when all were there. */
export type UploadPosition<Result> = { readonly received: number } | { readonly result: Result };

/** How an upload in pieces ended. */
export interface UploadInPiecesOutcome<Result> {
  /** What the store answered. */
  readonly result: Result;
  /** False when not a byte was sent, because an earlier attempt had sent them all. */
  readonly hasSent: boolean;
}

export interface UploadInPiecesOptions<Result> {
  /** The store's name, such as `dropbox`; begins every message. */
  readonly provider: string;
  /** Size of every piece but the last. */
  readonly pieceBytes: number;
  /**
   * Sends one piece. The piece ends the upload when `isLast`. The store may keep only part of it: the answer says how far it got.
   * Use `repeat: 'never'` or `'after-refusal'` for the request: what follows a lost reply is decided here.
   */
  readonly send: (piece: Piece, signal: AbortSignal | undefined) => Promise<UploadPosition<Result>>;
  /** Asks the store how far it got. Called before the first piece of a resumed upload and after each failure. */
  readonly locate: (signal: AbortSignal | undefined) => Promise<UploadPosition<Result>>;
  /** True when the upload was begun by an earlier attempt. @default false */
  readonly isResumed?: boolean | undefined;
  /** `budgetMs` and `maxTries` count anew whenever the store got further. */
  readonly retry?: RetryOptions | undefined;
  /** Called with the number of bytes that the store has taken so far. */
  readonly onProgress?: ((progress: { readonly bytes: number }) => void) | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Uploads a document in pieces, one after the other, and goes on from where the store stands after every transient failure.
 *
 * Holds one piece in memory. The document must have at least one byte. Rejects with the last failure when the store gets no further within
 * `retry`; failures that waiting does not mend are passed on at once.
 */
export async function uploadInPieces<Result>(
  document: OpenableDocument,
  options: UploadInPiecesOptions<Result>,
): Promise<UploadInPiecesOutcome<Result>> {
  const { locate, onProgress, signal, clock = systemClock, retry = {}, isResumed = false } = options;
  const patience = createPatience(retry, clock);
  let furthest = 0;
  let hasSent = false;
  const advance = (bytes: number) => {
    if (bytes <= furthest) return;
    furthest = bytes;
    patience.renew();
    onProgress?.({ bytes });
  };

  let position: UploadPosition<Result> | undefined = isResumed ? undefined : { received: 0 };
  for (;;) {
    try {
      position ??= await locate(signal);
      if (!('result' in position)) {
        hasSent = true;
        position = await sendFrom(position.received, { document, options, advance });
      }
      if ('result' in position) {
        advance(document.size);
        return { result: position.result, hasSent };
      }
    } catch (error) {
      const delayMs = isTransient(error) ? patience.nextDelayMs(error.retryAfterMs ?? 0) : undefined;
      if (delayMs === undefined) throw error;
      await clock.wait(delayMs, { signal });
      position = undefined;
    }
  }
}

interface SendFromOptions<Result> {
  readonly document: OpenableDocument;
  readonly options: UploadInPiecesOptions<Result>;
  readonly advance: (bytes: number) => void;
}

/** Sends piece after piece until the store has everything or kept only part of one. */
async function sendFrom<Result>(from: number, { document, options, advance }: SendFromOptions<Result>): Promise<UploadPosition<Result>> {
  const { provider, pieceBytes, send, signal } = options;
  let received = from;
  advance(from);
  for await (const piece of readPieces(document, { from, pieceBytes, signal })) {
    const position = await send(piece, signal);
    if ('result' in position) return position;
    received = position.received;
    advance(received);
    if (received <= piece.offset) break;
    if (received !== piece.offset + piece.bytes.byteLength) return position;
  }
  throw stuck({ provider, received, size: document.size });
}

function isTransient(error: unknown): error is ArchiveError {
  return ArchiveError.isInstance(error) && (error.code === 'destination.unavailable' || error.code === 'destination.rate_limited');
}

function stuck({
  provider,
  received,
  size,
}: {
  readonly provider: string;
  readonly received: number;
  readonly size: number;
}): DestinationError {
  return new DestinationError(`${provider}: the upload gets no further at ${received} of ${size} bytes.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'The store took nothing of a piece or did not finish the file. The next attempt asks it again.',
    details: { provider, receivedBytes: received, sizeBytes: size },
  });
}
