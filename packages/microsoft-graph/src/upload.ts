import { type DocumentToStore, type PutOptions, withProgress } from '@spotdraft-archive/core/destination';
import type { GraphDrive } from './graph-drive.ts';
import { endSession, uploadInSession } from './upload-session.ts';
import { type Uploaded, type UploadTarget, withFolders } from './upload-target.ts';

/** Writes the bytes, small documents in one request and larger ones in a session. */
export async function uploadDocument(
  document: DocumentToStore,
  target: UploadTarget,
  { drive, options }: { readonly drive: GraphDrive; readonly options: PutOptions },
): Promise<Uploaded> {
  const { earlier, address } = target;
  // A session for other bytes or another place would only hold its name.
  if (earlier.abandoned) await endSession(earlier.abandoned, drive);
  if (document.size > drive.pieceBytes) return uploadInSession(document, target, { drive, options });

  const { signal, onProgress } = options;
  const body = withProgress(document, onProgress);
  const answer = await withFolders(document, target, {
    drive,
    options,
    write: () => drive.api.putContent(address, body, { ...target, signal }),
  });
  return 'refusal' in answer ? answer : { item: answer.result, hasSent: true };
}
