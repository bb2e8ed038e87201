import { isDeepStrictEqual } from 'node:util';
import { conflictWith, type DocumentToStore, type StoredCopy } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { claim } from './claims.ts';
import { type Entry, readEntry, removeEntry, writeEntry } from './entries.ts';
import type { FileAtPath } from './file-at-path.ts';
import { idOfKey } from './index-layout.ts';
import { copyOf, type LocatedFile } from './lookup.ts';
import type { Work } from './unfinished-work.ts';

/**
 * Stamps a file with a document's key and properties.
 *
 * Throws `destination.conflict` when another key, for which the same bytes were put at the same moment, was first.
 */
export async function registerCopy(file: FileAtPath, document: DocumentToStore, work: Work): Promise<StoredCopy> {
  const { key, properties } = document;
  const { path, size, identity } = file;
  const entry: Entry = { id: idOfKey(key), key, path, size, sha256: await file.sha256(), identity, properties: { ...properties } };
  const written = await readEntry(entry.id, work.archive);
  if (!isDeepStrictEqual(written, entry)) await writeEntry(entry, work);
  const winner = await claim(file, entry, work);
  if (winner) {
    await removeEntry(entry.id, work.archive);
    throw conflictWith(await copyOf({ file, entry: winner }));
  }
  return copyOf({ file, entry });
}

/** Takes the key off a file that has been written over for another one. */
export async function unregister({ entry }: LocatedFile, successor: DocumentToStore, archive: Archive): Promise<void> {
  if (entry && entry.key !== successor.key) await removeEntry(entry.id, archive);
}
