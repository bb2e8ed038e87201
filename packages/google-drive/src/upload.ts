import {
  type DocumentToStore,
  type PutOptions,
  type Secret,
  type UploadPosition,
  uploadInPieces,
  withProgress,
} from '@spotdraft-archive/core/destination';
import type { ContentOptions, SessionAnswer } from './api.ts';
import { writeCheckpoint } from './checkpoint.ts';
import type { DriveContext } from './context.ts';
import { provider, uploadExpired } from './errors.ts';
import type { DriveFile, FileMetadata } from './wire-types.ts';

export interface UploadTarget {
  readonly id: string;
  readonly metadata: FileMetadata;
  /** True to give an existing file a new revision. */
  readonly isReplacement: boolean;
  /** A session that an earlier attempt opened for the same bytes. */
  readonly session: Secret<string> | undefined;
}

export interface UploadOptions {
  readonly drive: DriveContext;
  readonly options: PutOptions;
}

/** Sends a document. Answers the file as Drive describes it, or nothing when the id is in use already. */
export async function uploadDocument(
  document: DocumentToStore,
  target: UploadTarget,
  upload: UploadOptions,
): Promise<DriveFile | undefined> {
  if (document.size >= upload.drive.settings.resumableFromBytes) return uploadLarge(document, target, upload);
  const { drive, options } = upload;
  const { saveCheckpoint, onProgress } = options;
  if (!target.isReplacement) await saveCheckpoint?.(writeCheckpoint({ id: target.id, session: undefined }, document));
  // A crash from here on leaves a file under an id that the next attempt knows.
  return drive.api.sendContent(withProgress(document, onProgress), contentOptions(target, upload));
}

async function uploadLarge(document: DocumentToStore, target: UploadTarget, upload: UploadOptions): Promise<DriveFile | undefined> {
  if (target.session !== undefined) {
    const outcome = await sendPieces(document, { session: target.session, isResumed: true, upload });
    if (outcome !== 'gone') return fileOf(outcome);
  }
  const session = await beginSession(document, target, upload);
  if (session === undefined) return undefined;
  const outcome = await sendPieces(document, { session, isResumed: false, upload });
  if (outcome === 'gone') throw uploadExpired();
  return fileOf(outcome);
}

async function beginSession(document: DocumentToStore, target: UploadTarget, upload: UploadOptions): Promise<Secret<string> | undefined> {
  const session = await upload.drive.api.beginUpload(document, contentOptions(target, upload));
  if (session === undefined) return undefined;
  await upload.options.saveCheckpoint?.(writeCheckpoint({ id: target.id, session }, document));
  // A crash from here on leaves an upload that the next attempt resumes.
  return session;
}

interface SendPiecesOptions {
  readonly session: Secret<string>;
  readonly isResumed: boolean;
  readonly upload: UploadOptions;
}

type UploadOutcome = { readonly file: DriveFile } | 'id-in-use' | 'gone';

async function sendPieces(document: DocumentToStore, { session, isResumed, upload }: SendPiecesOptions): Promise<UploadOutcome> {
  const { drive, options } = upload;
  const { api, settings } = drive;
  const call = async (contentRange: string, bytes: Uint8Array, signal: AbortSignal | undefined) =>
    positionOf(await api.callSession(session, { contentRange, bytes, signal }));
  const { result } = await uploadInPieces<UploadOutcome>(document, {
    provider,
    pieceBytes: settings.pieceBytes,
    isResumed,
    send: ({ offset, bytes }, signal) => call(`bytes ${offset}-${offset + bytes.byteLength - 1}/${document.size}`, bytes, signal),
    locate: (signal) => call(`bytes */${document.size}`, new Uint8Array(), signal),
    retry: settings.retry,
    clock: settings.clock,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  return result;
}

function positionOf(answer: SessionAnswer): UploadPosition<UploadOutcome> {
  return typeof answer === 'object' && 'received' in answer ? answer : { result: answer };
}

function fileOf(outcome: Exclude<UploadOutcome, 'gone'>): DriveFile | undefined {
  return outcome === 'id-in-use' ? undefined : outcome.file;
}

function contentOptions({ id, metadata, isReplacement }: UploadTarget, { drive, options }: UploadOptions): ContentOptions {
  const { keepRevisionForever } = drive.settings;
  return {
    metadata: isReplacement ? metadata : { ...metadata, id },
    replacedId: isReplacement ? id : undefined,
    keepRevisionForever,
    signal: options.signal,
  };
}
