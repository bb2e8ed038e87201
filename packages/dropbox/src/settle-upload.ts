import { conflictWith, DestinationError, type PutResult } from '@spotdraft-archive/core/destination';
import type { CommitOutcome } from './api.ts';
import { conflictOf } from './conflict-of.ts';
import { copyOf, type DropboxContext, type StampedFile } from './context.ts';
import { lookAt } from './lookup.ts';
import type { Upload } from './upload.ts';
import type { FileMetadata } from './wire-types.ts';

export interface SettleOptions {
  readonly context: DropboxContext;
  /** Since the upload began. */
  readonly elapsedMs: number;
}

/** Finds out what an upload has led to, and sees to it that the copy carries its stamp. */
export async function settleUpload(outcome: CommitOutcome, upload: Upload, options: SettleOptions): Promise<PutResult> {
  if ('refusal' in outcome) return settleRefusal(outcome.refusal, upload, options);
  const { context, elapsedMs } = options;
  const { carrier } = context;
  const { file, answeredAt } = outcome;
  const { signal } = upload.options;
  const isReplaced = upload.commit.mode !== 'add';
  const isShown = file.property_groups != null;
  const shown = isShown ? await carrier.read(file, { signal }) : undefined;
  if (shown?.writtenBy === upload.stamp.writtenBy) return resultOf({ file, stamp: shown }, 'stored', context);
  if (isReplaced) return overwriteStamp(file, upload, context);

  const isNew = !isShown && isFresh(file, { answeredAt, elapsedMs });
  // Dropbox took the groups with the bytes, or it would have said `properties_error`.
  if (isNew && upload.commit.groups.length > 0) return resultOf({ file, stamp: upload.stamp }, 'stored', context);
  const carried = isShown || isNew ? shown : await readStamp(file, upload, context);
  return claim({ file, stamp: carried }, upload, { context, isNew });
}

/**
 * Whether a file may have been written since the upload began. With identical bytes at the path Dropbox answers as if it had written them, so an
 * older file has to be looked at. Both times are Dropbox's own, of which one has whole seconds only.
 */
function isFresh(
  file: FileMetadata,
  { answeredAt, elapsedMs }: { readonly answeredAt: number | undefined; readonly elapsedMs: number },
): boolean {
  return answeredAt !== undefined && Date.parse(file.server_modified) >= answeredAt - elapsedMs - clockToleranceMs;
}

const clockToleranceMs = 2_000;

async function settleRefusal(refusal: string, upload: Upload, { context }: SettleOptions): Promise<PutResult> {
  const { commit, options, document } = upload;
  const existing = await lookAt(commit.path, context, { signal: options.signal });
  if (existing === undefined && !refusal.startsWith('path/conflict/file_ancestor')) throw changedMeanwhile();
  if (existing === undefined || existing === 'folder') throw conflictWith();
  if (existing.file.content_hash !== document.hash) throw conflictOf(existing, upload, context);
  // "The file has uploaded without property groups": an error with the file there.
  if (refusal.startsWith('properties_error'))
    return commit.mode === 'add' ? claim(existing, upload, { context, isNew: true }) : overwriteStamp(existing.file, upload, context);
  const isRepeated = options.replaces?.id === existing.file.id && (existing.stamp === undefined || existing.stamp.key === document.key);
  if (commit.mode !== 'add' && isRepeated) return overwriteStamp(existing.file, upload, context);
  return claim(existing, upload, { context, isNew: false });
}

interface ClaimOptions {
  readonly context: DropboxContext;
  /** Whether this upload wrote the bytes. */
  readonly isNew: boolean;
}

/** Takes a file with the right bytes for the copy, unless it carries another key. */
async function claim({ file, stamp }: StampedFile, upload: Upload, { context, isNew }: ClaimOptions): Promise<PutResult> {
  const { signal } = upload.options;
  if (stamp === undefined) {
    const isAdded = await context.carrier.add(file, upload.stamp, { signal });
    if (isAdded) return resultOf({ file, stamp: upload.stamp }, isNew ? 'stored' : 'adopted', context);
  }
  const carried = stamp ?? (await readStamp(file, upload, context));
  if (carried === undefined) throw changedMeanwhile();
  if (carried.key !== upload.stamp.key) throw conflictWith(copyOf({ file, stamp: carried }, context));
  return resultOf({ file, stamp: carried }, carried.writtenBy === upload.stamp.writtenBy ? 'stored' : 'adopted', context);
}

async function overwriteStamp(file: FileMetadata, { stamp, options }: Upload, context: DropboxContext): Promise<PutResult> {
  await context.carrier.overwrite(file, stamp, { signal: options.signal });
  return resultOf({ file, stamp }, 'stored', context);
}

async function readStamp({ id }: FileMetadata, { options }: Upload, context: DropboxContext): Promise<StampedFile['stamp']> {
  const found = await lookAt(id, context, { signal: options.signal });
  return found === undefined || found === 'folder' ? undefined : found.stamp;
}

function resultOf(stamped: StampedFile, outcome: PutResult['outcome'], context: DropboxContext): PutResult {
  return { copy: copyOf(stamped, context), outcome };
}

function changedMeanwhile(): DestinationError {
  return new DestinationError('dropbox: the file at the path changed while it was stored.', {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody else works in the folder. The next attempt looks at it again.',
  });
}
