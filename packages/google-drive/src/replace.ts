import { conflictWith, type DocumentToStore, type PutOptions, type PutResult } from '@spotdraft-archive/core/destination';
import { readCheckpoint } from './checkpoint.ts';
import { completeCopy, unlock } from './complete-copy.ts';
import type { DriveContext } from './context.ts';
import { vanished } from './errors.ts';
import { findById, findByKey } from './lookup.ts';
import { keyOf, propertiesOf, toCopy } from './metadata.ts';
import { uploadDocument } from './upload.ts';
import type { DriveFile } from './wire-types.ts';

/**
 * Writes a new revision over the copy that is named, else over the one that carries the key. Nothing when there is none.
 *
 * Throws `destination.conflict` when the copy is at another revision than the one named. Drive has no conditional write: a revision made between
 * the look and the upload is not noticed, but kept in the file's history.
 */
export async function replaceDocument(document: DocumentToStore, options: PutOptions, drive: DriveContext): Promise<PutResult | undefined> {
  const { settings } = drive;
  const file = await findReplaced(document, options, drive);
  if (file === undefined) return undefined;
  const isWrittenAlready = file.sha256Checksum === document.sha256 && file.size === document.size && keyOf(file, settings) === document.key;
  if (isWrittenAlready) return { copy: toCopy(await completeCopy(file, { document, options, drive }), { settings }), outcome: 'adopted' };
  const { revision } = options.replaces ?? {};
  if (revision !== undefined && revision !== file.headRevisionId) throw conflictWith(toCopy(file, { settings }));

  await unlock(file, options, drive);
  // A crash from here on leaves a copy that is not locked, which the next attempt replaces and locks.
  const earlier = readCheckpoint(options.checkpoint, document);
  const session = earlier?.id === file.id ? earlier.session : undefined;
  const metadata = { mimeType: document.mediaType, ...propertiesOf(document, settings) };
  const written = await uploadDocument(document, { id: file.id, metadata, isReplacement: true, session }, { drive, options });
  if (written === undefined || written.trashed === true) throw vanished();
  return { copy: toCopy(await completeCopy(written, { document, options, drive }), { settings }), outcome: 'stored' };
}

async function findReplaced(document: DocumentToStore, options: PutOptions, drive: DriveContext): Promise<DriveFile | undefined> {
  if (options.replaces) return findById(options.replaces.id, options, drive);
  return (await findByKey(document, options, drive))?.file;
}
