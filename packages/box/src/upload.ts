import {
  ArchiveError,
  type DestinationAnswer,
  type DocumentToStore,
  type PutOptions,
  withProgress,
} from '@spotdraft-archive/core/destination';
import { saveSending } from './checkpoint.ts';
import type { BoxContext } from './context.ts';
import { folderNotFound, sessionGone, wrongBytes } from './errors.ts';
import { beginSession, resumeSession, sendSession } from './session.ts';
import type { UploadTarget } from './upload-api.ts';
import { type BoxFile, type Conflict, conflictSchema, uploadedFileSchema } from './wire-types.ts';

/** What became of an upload: a file, another one in its way, or a version that is no longer the expected one. */
export type Uploaded =
  | { readonly kind: 'stored'; readonly file: BoxFile }
  | { readonly kind: 'in-use'; readonly existing: Conflict | undefined }
  | { readonly kind: 'changed' };

export interface Upload {
  readonly target: UploadTarget;
  /** The fields of the file to answer with. */
  readonly fields: string;
  readonly options: PutOptions;
  readonly context: BoxContext;
}

/**
 * Sends a document's bytes to a new file or a new version, in one request or, when it is large, in parts.
 *
 * Throws `IntegrityError` when the bytes are not those that the document declares; then nothing was stored.
 */
export async function uploadDocument(document: DocumentToStore, upload: Upload): Promise<Uploaded> {
  const { context, target, fields, options } = upload;
  if (document.size >= context.chunkedFromBytes) return uploadInSession(document, upload);
  const { onProgress, signal } = options;
  await saveSending(document, options);
  // A crash from here on may leave a file without a key, which the next attempt knows by its bytes.
  const answer = await context.uploads.uploadWhole({
    target,
    document: withProgress(document, onProgress),
    sha1: document.hash,
    fields,
    signal,
  });
  return readUploaded(answer);
}

/** Goes on with the session of an earlier attempt, or begins one, and once more when it ends meanwhile. */
async function uploadInSession(document: DocumentToStore, upload: Upload): Promise<Uploaded> {
  const earlier = resumeSession(document, upload);
  if (earlier !== undefined) {
    try {
      return readUploaded(await sendSession(document, { ...upload, session: earlier, isResumed: true }));
    } catch (error) {
      // It ran out, belongs to another user, or made its file and the reply was lost: then the next one is refused and names the file.
      if (!isGone(error)) throw error;
    }
  }
  for (const isLastTry of [false, true]) {
    const begun = await beginSession(document, upload);
    if (!('endpoints' in begun)) return readUploaded(begun);
    try {
      return readUploaded(await sendSession(document, { ...upload, session: begun, isResumed: false }));
    } catch (error) {
      if (isLastTry || !isGone(error)) throw error;
    }
  }
  throw sessionGone();
}

function isGone(error: unknown): boolean {
  return ArchiveError.isInstance(error) && error.code === 'destination.upload_expired';
}

function readUploaded(answer: DestinationAnswer): Uploaded {
  if (answer.status === 404) throw folderNotFound();
  if (answer.status === 400) throw wrongBytes();
  if (answer.status === 409) return { kind: 'in-use', existing: answer.json(conflictSchema) };
  if (answer.status === 412) return { kind: 'changed' };
  return { kind: 'stored', file: answer.json(uploadedFileSchema) };
}
