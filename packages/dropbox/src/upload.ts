import type { DocumentToStore, PutOptions, PutResult } from '@spotdraft-archive/core/destination';
import type { DropboxContext } from './context.ts';
import type { Stamp } from './key-carrier.ts';
import { settleUpload } from './settle-upload.ts';
import { uploadLarge } from './upload-large.ts';
import { uploadSmall } from './upload-small.ts';
import type { CommitInfo } from './wire-types.ts';

/** One `put`, and what its steps have to know. */
export interface Upload {
  readonly document: DocumentToStore;
  readonly options: PutOptions;
  readonly stamp: Stamp;
  readonly commit: CommitInfo;
}

/** Uploads the bytes, in one request or in pieces, and settles what has come of it. */
export async function uploadDocument(upload: Upload, context: DropboxContext): Promise<PutResult> {
  const startedAt = context.now();
  const isLarge = upload.document.size >= context.settings.pieceBytes;
  const outcome = isLarge ? await uploadLarge(upload, context) : await uploadSmall(upload, context);
  return settleUpload(outcome, upload, { context, elapsedMs: context.now() - startedAt });
}
