import {
  ArchiveError,
  DestinationError,
  type DocumentToStore,
  type PutOptions,
  resumeOrBegin,
  type UploadPosition,
  uploadInPieces,
} from '@spotdraft-archive/core/destination';
import type { SessionAnswer } from './api.ts';
import { type SavedSession, toCheckpoint } from './checkpoint.ts';
import type { GraphDrive } from './context.ts';
import { type DriveItem, hashOf } from './drive-item.ts';
import { addSending } from './own-upload.ts';
import { type Uploaded, type UploadTarget, withFolders } from './upload-target.ts';

interface SessionUpload {
  readonly document: DocumentToStore;
  readonly target: UploadTarget;
  readonly drive: GraphDrive;
  readonly options: PutOptions;
}

type Outcome = DriveItem | 'taken';

/** The name was refused before a session existed. */
class Refused extends Error {
  readonly refusal: 'taken' | 'changed';

  constructor(refusal: 'taken' | 'changed') {
    super(refusal);
    this.refusal = refusal;
  }
}

/**
 * Uploads in pieces through a session whose address is saved before the first byte.
 *
 * The file appears with the last piece (`deferCommit` would cost a request and protect nothing that the reserved name does not). A session that
 * no later attempt could or should go on with is deleted, so that its name is free.
 */
export async function uploadInSession(
  document: DocumentToStore,
  target: UploadTarget,
  { drive, options }: { readonly drive: GraphDrive; readonly options: PutOptions },
): Promise<Uploaded> {
  const work = { document, target, drive, options };
  try {
    const { result, hasSent } = await resumeOrBegin({
      earlier: target.earlier.progress.session,
      begin: () => beginSession(work),
      upload: (session, { isResumed }) => sendPieces(session, isResumed, work),
    });
    if (result !== 'taken') return { item: result, hasSent };
    return { refusal: 'taken', sendings: target.earlier.sendings, hasLostSession: false };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { sendings, isOpening } = target.earlier;
    // Nothing was opened this time; what an earlier attempt lost stays lost.
    await options.saveCheckpoint?.(toCheckpoint(document, options, { sendings, isOpening }));
    return { refusal: error.refusal, sendings, hasLostSession: isOpening && drive.sessionsReserveNames };
  }
}

async function beginSession(work: SessionUpload): Promise<SavedSession> {
  const { document, target, drive, options } = work;
  const { signal, saveCheckpoint } = options;
  const { earlier } = target;
  const write = () => drive.api.openSession(target.address, { ...target, signal });
  await saveCheckpoint?.(toCheckpoint(document, options, { sendings: earlier.sendings, isOpening: true }));
  // A crash from here on may leave a session that holds the name and whose address nobody knows: the next attempt takes another name.
  const answer = await withFolders(document, target, { drive, options, write });
  if ('refusal' in answer) throw new Refused(answer.refusal);
  const session = answer.result;
  try {
    const until = session.expiresAt === undefined ? undefined : Date.parse(session.expiresAt);
    const sendings = addSending(document, earlier, { now: drive.clock.now(), until });
    await saveCheckpoint?.(toCheckpoint(document, options, { session, sendings }));
  } catch (error) {
    await endSession(session, drive);
    throw error;
  }
  // A crash from here on leaves a session that the next attempt goes on with or deletes.
  return session;
}

async function sendPieces(session: SavedSession, isResumed: boolean, work: SessionUpload) {
  const { document, drive, options } = work;
  const { api, provider, pieceBytes, retry, clock } = drive;
  const { signal, onProgress } = options;
  const { uploadUrl } = session;
  try {
    const uploaded = await uploadInPieces<Outcome>(document, {
      provider,
      pieceBytes,
      isResumed,
      retry,
      clock,
      onProgress,
      signal,
      send: async (piece) => {
        const answer = await api.sendRange(uploadUrl, piece, { size: document.size, signal });
        return positionOf(answer) ?? Promise.reject(hiddenSession(provider));
      },
      locate: async () => positionOf(await api.sessionStatus(uploadUrl, { signal })) ?? lookAtPath(session, work),
    });
    if (uploaded.result === 'taken') await endSession(session, drive);
    return uploaded;
  } catch (error) {
    if (!canGoOn(error, options)) await endSession(session, drive);
    throw error;
  }
}

function positionOf(answer: SessionAnswer): UploadPosition<Outcome> | undefined {
  if ('received' in answer) return answer;
  if ('item' in answer) return { result: answer.item };
  return answer.refusal === 'taken' ? { result: 'taken' } : undefined;
}

/** The session is gone: because the file is complete and only the reply was lost, or because it ended. */
async function lookAtPath(session: SavedSession, { document, target, drive, options }: SessionUpload): Promise<UploadPosition<Outcome>> {
  const { api, clock, sessionsReserveNames } = drive;
  const item = await api.item(target.address, { signal: options.signal });
  const isWhole = item !== undefined && hashOf(item) === document.hash;
  // While a session lives nobody else can make a file of that name, so this one is ours even if SharePoint has rewritten it since.
  const isLive = session.expiresAt !== undefined && clock.now() < Date.parse(session.expiresAt);
  const isOurs = item?.file !== undefined && sessionsReserveNames && isLive && target.ifMatch === undefined;
  if (item !== undefined && (isWhole || isOurs)) return { result: item };
  throw new DestinationError(`${drive.provider}: the upload session has ended.`, {
    code: 'destination.upload_expired',
    recovery: 'retry',
    hint: 'The next attempt begins the upload again.',
  });
}

/** A later attempt goes on with a saved session, but not when its bytes are wrong or the upload is refused for good. */
function canGoOn(error: unknown, { saveCheckpoint, signal }: PutOptions): boolean {
  if (saveCheckpoint === undefined) return false;
  if (signal?.aborted === true || !ArchiveError.isInstance(error)) return true;
  return error.recovery !== 'never' && !error.code.startsWith('integrity.');
}

const patienceForEndingMs = 5_000;

/** Deletes a session so that its name is free at once. Never throws: what cannot be deleted now expires. */
export async function endSession({ uploadUrl }: SavedSession, { api }: GraphDrive): Promise<void> {
  // Not the caller's signal: an abort is a reason to clean up, not to leave it.
  await api.deleteSession(uploadUrl, { signal: AbortSignal.timeout(patienceForEndingMs) }).catch(() => undefined);
}

/** Graph says "not found" for a session that is not visible yet, too. Asking again tells which. */
function hiddenSession(provider: string): DestinationError {
  return new DestinationError(`${provider}: the upload session was not found.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'It ended, or is not visible yet. It is asked for once more.',
  });
}
