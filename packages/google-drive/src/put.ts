import {
  ArchiveError,
  type CallOptions,
  conflictWith,
  type DocumentPath,
  type DocumentToStore,
  type PutOptions,
  type PutResult,
} from '@spotdraft-archive/core/destination';
import { type EarlierAttempt, readCheckpoint } from './checkpoint.ts';
import { completeCopy } from './complete-copy.ts';
import type { DriveContext } from './context.ts';
import { discard } from './discard.ts';
import { folderGone, vanished } from './errors.ts';
import type { Folder } from './folders.ts';
import { findById, findByKey, winnerIn } from './lookup.ts';
import { keyOf, propertiesOf, toCopy } from './metadata.ts';
import { replaceDocument } from './replace.ts';
import { uploadDocument } from './upload.ts';
import type { DriveFile } from './wire-types.ts';

/** Stores a document under a pre-made id, or adopts the copy that an earlier attempt made under it. */
export async function putDocument(document: DocumentToStore, options: PutOptions, drive: DriveContext): Promise<PutResult> {
  options.signal?.throwIfAborted();
  if (options.ifExists === 'replace') {
    const replaced = await replaceDocument(document, options, drive);
    if (replaced) return replaced;
  }
  const earlier = await examine(readCheckpoint(options.checkpoint, document), options, drive);
  if (earlier?.file) return adopt(earlier.file, { document, options, drive });

  const folder = await drive.folders.ensure(document.path.folders, options);
  if (options.mayExist && !folder.isNew) {
    const known = await findByKey(document, options, drive);
    if (known) return adopt(known.file, { document, options, drive });
  }
  return create(document, { folder, earlier: earlier?.attempt, options, drive });
}

interface Examined {
  readonly attempt: EarlierAttempt;
  /** The file that the earlier attempt made, if it got that far. */
  readonly file: DriveFile | undefined;
}

/** Looks what became of the earlier attempt. An id whose file lies in the bin cannot be used again. */
async function examine(attempt: EarlierAttempt | undefined, { signal }: CallOptions, { api }: DriveContext): Promise<Examined | undefined> {
  if (attempt === undefined) return undefined;
  const file = await api.getFile(attempt.id, { signal });
  return file?.trashed === true ? undefined : { attempt, file };
}

interface Put {
  readonly document: DocumentToStore;
  readonly options: PutOptions;
  readonly drive: DriveContext;
}

interface CreateOptions extends Omit<Put, 'document'> {
  readonly folder: Folder;
  readonly earlier: EarlierAttempt | undefined;
}

async function create(document: DocumentToStore, { folder, earlier, options, drive }: CreateOptions): Promise<PutResult> {
  const { path, mediaType } = document;
  const id = earlier?.id ?? (await drive.ids.take(options));
  const metadata = { name: path.name, parents: [folder.id], mimeType: mediaType, ...propertiesOf(document, drive.settings) };
  const target = { id, metadata, isReplacement: false, session: earlier?.session };
  const stored = await uploadDocument(document, target, { drive, options }).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
    return missingFolder(path, options, drive);
  });
  if (stored === undefined) {
    const file = await findById(id, options, drive);
    if (!file) throw vanished();
    return adopt(file, { document, options, drive });
  }
  // Drive may let files be made in a folder that somebody has put into the bin.
  if (stored.trashed === true) return missingFolder(path, options, drive);
  const winner = options.mayExist ? await winnerIn({ folderId: folder.id, key: document.key }, options, drive) : undefined;
  if (winner !== undefined && winner.id !== id) return giveWay(winner, { id, document, options, drive });
  const copy = await completeCopy(stored, { document, options, drive });
  const isInFolder = copy.parents?.includes(folder.id) === true;
  return {
    copy: toCopy(copy, { settings: drive.settings, path: isInFolder ? { folders: path.folders, name: copy.name } : undefined }),
    outcome: 'stored',
  };
}

/**
 * Another process that no ledger tells of has made the copy a moment earlier, while neither could see the other's: ours goes into the bin.
 *
 * A contributor to a shared drive may not do that: then it stays, and `find` reports it as a twin.
 */
async function giveWay(winner: DriveFile, { id, ...put }: Put & { readonly id: string }): Promise<PutResult> {
  await discard(id, put.options, put.drive);
  return adopt(winner, put);
}

/** Throws what the absence of a folder means: a person has to look when it is the destination's own, any other is made anew by the next attempt. */
async function missingFolder({ folders }: DocumentPath, options: CallOptions, drive: DriveContext): Promise<never> {
  drive.folders.forget(folders);
  await drive.root.look(options);
  throw folderGone();
}

/** Takes over a file that was stored under this key, or under an id that was made for it. */
async function adopt(file: DriveFile, { document, options, drive }: Put): Promise<PutResult> {
  const { settings } = drive;
  const key = keyOf(file, settings);
  const isSame = file.sha256Checksum === document.sha256 && file.size === document.size && (key === undefined || key === document.key);
  if (!isSame) throw conflictWith(toCopy(file, { settings }));
  const completed = await completeCopy(file, { document, options, drive });
  return { copy: toCopy(completed, { settings }), outcome: 'adopted' };
}

function isNotFound(error: unknown): boolean {
  return ArchiveError.isInstance(error) && error.code === 'destination.not_found';
}
