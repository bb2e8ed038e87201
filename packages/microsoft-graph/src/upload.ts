import { type DocumentToStore, type OpenableDocument, type PutOptions, withProgress } from '@spotdraft-archive/core/destination';
import { toCheckpoint } from './checkpoint.ts';
import type { GraphDrive } from './context.ts';
import { addSending } from './own-upload.ts';
import { endSession, uploadInSession } from './upload-session.ts';
import { type Uploaded, type UploadTarget, withFolders } from './upload-target.ts';

interface UploadOptions {
  readonly drive: GraphDrive;
  readonly options: PutOptions;
}

/** Writes the bytes, small documents in one request and larger ones in a session. */
export async function uploadDocument(
  document: DocumentToStore,
  target: UploadTarget,
  { drive, options }: UploadOptions,
): Promise<Uploaded> {
  const { abandoned } = target.earlier;
  // A session for other bytes or another place would only hold its name.
  if (abandoned) await endSession(abandoned, drive);
  const upload = document.size > drive.pieceBytes ? uploadInSession : uploadAtOnce;
  return upload(document, target, { drive, options });
}

async function uploadAtOnce(document: DocumentToStore, target: UploadTarget, { drive, options }: UploadOptions): Promise<Uploaded> {
  const { earlier, address } = target;
  const { signal, onProgress, saveCheckpoint } = options;
  const sendings = addSending(document, earlier, { now: drive.clock.now() });
  await saveCheckpoint?.(toCheckpoint(document, options, { sendings }));
  // A crash from here on may leave a file without a key, and the next attempt knows that it may.
  const counted = countOpenings(withProgress(document, onProgress));
  const answer = await withFolders(document, target, {
    drive,
    options,
    write: () => drive.api.putContent(address, counted.start(), { ...target, signal }),
  });
  if (!('refusal' in answer)) return { item: answer.result, hasSent: true };
  // Refused at the first try: nothing of this attempt can be what lies there.
  const unanswered = counted.openings > 1 ? sendings : earlier.sendings;
  if (unanswered !== sendings) await saveCheckpoint?.(toCheckpoint(document, options, { sendings: unanswered }));
  return { ...answer, sendings: unanswered, hasLostSession: false };
}

/** Tells how often the bytes were opened since `start`: more than once, and a try before the last may have made the file. */
function countOpenings(document: OpenableDocument) {
  let openings = 0;
  const { size, mediaType } = document;
  const open = (offset?: number) => {
    openings += 1;
    return document.open(offset);
  };
  return {
    get openings() {
      return openings;
    },
    start(): OpenableDocument {
      openings = 0;
      return { size, mediaType, open };
    },
  };
}
