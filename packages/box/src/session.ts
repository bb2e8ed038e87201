import { createHash } from 'node:crypto';
import { type DestinationAnswer, type DocumentToStore, piecesInParallel } from '@spotdraft-archive/core/destination';
import { readCheckpoint, type Session, saveSending } from './checkpoint.ts';
import type { Upload } from './upload.ts';
import type { UploadTarget } from './upload-api.ts';
import { type Part, sessionSchema } from './wire-types.ts';

/** The session of an earlier attempt, if it was for the same bytes and the same place. */
export function resumeSession(document: DocumentToStore, { options, target }: Upload): Session | undefined {
  const { session } = readCheckpoint(options);
  return session?.sha256 === document.sha256 && session.target === describeTarget(target) ? session : undefined;
}

/** Opens a session and saves it before the first byte is sent. Gives Box's answer when it opens none. */
export async function beginSession(document: DocumentToStore, { options, target, context }: Upload): Promise<Session | DestinationAnswer> {
  const answer = await context.uploads.openSession(target, { size: document.size, signal: options.signal });
  if (answer.status !== 201) return answer;
  const { part_size: partBytes, session_endpoints: given } = answer.json(sessionSchema);
  const endpoints = { uploadPart: given.upload_part, listParts: given.list_parts, commit: given.commit, abort: given.abort };
  const session = { sha256: document.sha256, target: describeTarget(target), partBytes, endpoints };
  await saveSending(document, options, session);
  // A crash from here on leaves a session that the next attempt goes on with.
  return session;
}

export interface SessionUpload extends Upload {
  readonly session: Session;
  /** True when some parts may be there already. */
  readonly isResumed: boolean;
}

/** Sends what is missing, several parts at a time, and makes the file. Throws `destination.upload_expired` when the session is gone. */
export async function sendSession(document: DocumentToStore, upload: SessionUpload): Promise<DestinationAnswer> {
  const { session, isResumed, context, options, target, fields } = upload;
  const { uploads, settings } = context;
  const { onProgress, signal } = options;
  const { endpoints, partBytes } = session;
  const there = isResumed ? await uploads.listParts(endpoints.listParts, { signal }) : [];
  const parts = new Map(there.map((part) => [part.offset, part]));

  await piecesInParallel(document, {
    from: firstMissing(parts, partBytes, document.size),
    pieceBytes: partBytes,
    parallel: settings.parallelParts,
    onProgress,
    signal,
    async work(piece, shared) {
      if (parts.has(piece.offset)) return;
      const digest = createHash('sha1').update(piece.bytes).digest('base64');
      const part = await uploads.uploadPart(endpoints.uploadPart, { piece, digest, size: document.size, signal: shared });
      if (part !== undefined) parts.set(part.offset, part);
    },
  });

  // A part whose reply was lost is there, but only the list tells its id.
  const isComplete = parts.size === Math.ceil(document.size / partBytes);
  const listed = isComplete ? [...parts.values()] : await uploads.listParts(endpoints.listParts, { signal });
  const digest = Buffer.from(document.hash, 'hex').toString('base64');
  const answer = await uploads.commit(endpoints.commit, { target, parts: listed.toSorted(byOffset), digest, fields, signal });
  // Parts cannot be sent again, so that a session with a wrong one is of no use any more.
  if (answer.status === 400) await uploads.abort(endpoints.abort, { signal });
  return answer;
}

/** Parts travel at the same time, so that there may be holes; the document is read on from the first of them. */
function firstMissing(parts: ReadonlyMap<number, Part>, partBytes: number, size: number): number {
  let offset = 0;
  while (offset < size && parts.has(offset)) offset += partBytes;
  return Math.min(offset, size);
}

function describeTarget(target: UploadTarget): string {
  return target.kind === 'file' ? JSON.stringify([target.parentId, target.name]) : JSON.stringify([target.fileId]);
}

function byOffset(first: Part, second: Part): number {
  return first.offset - second.offset;
}
