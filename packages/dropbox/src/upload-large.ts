import { ArchiveError, conflictWith, type Piece, type UploadPosition, uploadInPieces } from '@spotdraft-archive/core/destination';
import { append, type CommitOutcome, finish, startSession } from './api.ts';
import { readCheckpoint, saveSending } from './checkpoint.ts';
import { conflictOf } from './conflict-of.ts';
import { contentHashOf, dropboxContentHash } from './content-hash.ts';
import type { DropboxContext } from './context.ts';
import { lookAt } from './lookup.ts';
import type { Upload } from './upload.ts';
import { wrongBytes } from './wrong-bytes.ts';

const nothing = new Uint8Array();

/** Stores a document in pieces, and goes on where an earlier attempt stopped. */
export async function uploadLarge(upload: Upload, context: DropboxContext): Promise<CommitOutcome> {
  const { session: earlier } = readCheckpoint(upload.options);
  if (earlier?.sha256 === upload.document.sha256) {
    try {
      return await sendPieces(earlier.sessionId, { upload, context, isResumed: true });
    } catch (error) {
      if (!ArchiveError.isInstance(error) || error.code !== 'destination.upload_expired') throw error;
    }
  }
  return (await lookBefore(upload, context)) ?? beginUpload(upload, context);
}

/** A large document is not sent in vain: whatever lies at its path is looked at first. */
async function lookBefore(upload: Upload, context: DropboxContext): Promise<CommitOutcome | undefined> {
  const { document, options, commit } = upload;
  if (commit.mode !== 'add') return undefined;
  const existing = await lookAt(commit.path, context, { signal: options.signal });
  if (existing === undefined) return undefined;
  if (existing === 'folder') throw conflictWith();
  if (existing.file.content_hash !== document.hash) throw conflictOf(existing, upload, context);
  return { file: existing.file, answeredAt: undefined };
}

async function beginUpload(upload: Upload, context: DropboxContext): Promise<CommitOutcome> {
  const { document, options } = upload;
  const sessionId = await startSession(context.transport, { signal: options.signal });
  await saveSending(document, options, { sha256: document.sha256, sessionId });
  // A crash from here on leaves a session that the next attempt resumes.
  return sendPieces(sessionId, { upload, context, isResumed: false });
}

interface SendOptions {
  readonly upload: Upload;
  readonly context: DropboxContext;
  readonly isResumed: boolean;
}

async function sendPieces(sessionId: string, { upload, context, isResumed }: SendOptions): Promise<CommitOutcome> {
  const { document, options, commit } = upload;
  const { settings, transport, takeTurn } = context;
  const { signal, onProgress } = options;
  let received = 0;
  const at = (bytes: number): UploadPosition<CommitOutcome> => {
    received = bytes;
    return { received: bytes };
  };

  async function commitWith(bytes: Uint8Array, offset: number): Promise<UploadPosition<CommitOutcome>> {
    const hash = contentHashOf(bytes);
    const outcome = await takeTurn(() => finish(transport, { cursor: cursorAt(offset), bytes, commit, hash, signal }), { signal });
    return typeof outcome === 'number' ? at(outcome) : { result: outcome };
  }

  const checkWhole = wholeHashCheck(document.hash);
  async function send(piece: Piece): Promise<UploadPosition<CommitOutcome>> {
    const { offset, bytes, isLast } = piece;
    checkWhole(piece);
    if (isLast) return commitWith(bytes, offset);
    return at(await append(transport, { cursor: cursorAt(offset), bytes, hash: contentHashOf(bytes), signal }));
  }

  /** An empty piece is refused with the right offset, unless it has the right one already. */
  async function locate(): Promise<UploadPosition<CommitOutcome>> {
    try {
      const position = at(await append(transport, { cursor: cursorAt(received), bytes: nothing, signal }));
      // After a commit that failed the session has every byte, and wants to be finished with none.
      return received === document.size ? await commitWith(nothing, received) : position;
    } catch (error) {
      if (!ArchiveError.isInstance(error) || error.code !== 'destination.upload_expired') throw error;
      return { result: await findFinished(upload, context, error) };
    }
  }

  const cursorAt = (offset: number) => ({ session_id: sessionId, offset });
  const { pieceBytes, retry } = settings;
  const pieces = { provider: 'dropbox', pieceBytes, send, locate, isResumed, retry, onProgress, signal };
  const { result } = await uploadInPieces<CommitOutcome>(document, pieces);
  return result;
}

/**
 * Compares the hash of all pieces with the announced one before the last is sent, so that wrong bytes never become a file. Pieces that an earlier attempt
 * sent are not seen here; core compares Dropbox's own hash in any case.
 */
function wholeHashCheck(expected: string): (piece: Piece) => void {
  const hasher = dropboxContentHash.createHasher();
  let hashedBytes = 0;
  return ({ offset, bytes, isLast }) => {
    if (offset !== hashedBytes) return;
    hasher.update(bytes);
    hashedBytes += bytes.byteLength;
    if (isLast && hasher.digest() !== expected) throw wrongBytes();
  };
}

/** A session that is gone may have been finished by a request whose reply was lost. Throws `expired` when it was not. */
async function findFinished({ document, options, commit }: Upload, context: DropboxContext, expired: ArchiveError): Promise<CommitOutcome> {
  const found = await lookAt(commit.path, context, { signal: options.signal });
  if (found === undefined || found === 'folder' || found.file.content_hash !== document.hash) throw expired;
  return { file: found.file, answeredAt: undefined };
}
