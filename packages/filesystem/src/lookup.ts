import { pathToFileURL } from 'node:url';
import type { CallOptions, StoredCopy } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { claim, fits, ownerOf } from './claims.ts';
import { type Entry, readEntry, writeEntry } from './entries.ts';
import { type FileAtPath, findFile } from './file-at-path.ts';
import { FileSystemFailure } from './file-system.ts';
import { idOfKey, idOfPath, isIdOfKey, isIdOfPath } from './index-layout.ts';
import { listFiles } from './list-files.ts';
import { beginWork } from './unfinished-work.ts';

/** A file, and what the index knows of it: nothing when it carries no key. */
export interface LocatedFile {
  readonly file: FileAtPath;
  readonly entry: Entry | undefined;
}

export async function locateKey(key: string, archive: Archive, options: CallOptions): Promise<LocatedFile | undefined> {
  const entry = await readEntry(idOfKey(key), archive);
  return entry && locateEntry(entry, archive, options);
}

export async function locateId(id: string, archive: Archive, options: CallOptions): Promise<LocatedFile | undefined> {
  if (isIdOfKey(id)) {
    const entry = await readEntry(id, archive);
    return entry && locateEntry(entry, archive, options);
  }
  if (!isIdOfPath(id)) return undefined;
  for await (const file of listFiles(archive, options)) {
    if (idOfPath(file.path) === id) return { file, entry: await ownerOf(file, archive) };
  }
  return undefined;
}

/** Describes a file as it is now. Reads all of it: a folder keeps no hashes, so each is computed from what lies on the disk. */
export async function copyOf({ file, entry }: LocatedFile): Promise<StoredCopy> {
  const sha256 = await file.sha256();
  return {
    id: entry?.id ?? idOfPath(file.path),
    revision: sha256,
    path: file.path,
    size: file.size,
    hash: sha256,
    key: entry?.key,
    properties: entry?.properties,
    webUrl: pathToFileURL(file.location).href,
  };
}

/** Looks where the copy was seen last, and else through the whole directory. */
async function locateEntry(entry: Entry, archive: Archive, options: CallOptions): Promise<LocatedFile | undefined> {
  const file = await findFile(entry.path, archive, options);
  if (file && (await isCopy(file, entry, archive))) {
    return { file, entry: file.identity === entry.identity ? entry : await noteSighting(entry, file, archive) };
  }
  for await (const candidate of listFiles(archive, options)) {
    const isWorthALook = candidate.size === entry.size || candidate.identity === entry.identity;
    if (isWorthALook && (await isCopy(candidate, entry, archive))) {
      return { file: candidate, entry: await noteSighting(entry, candidate, archive) };
    }
  }
  return undefined;
}

async function isCopy(file: FileAtPath, entry: Entry, archive: Archive): Promise<boolean> {
  if (!(await fits(entry, file))) return false;
  const owner = await ownerOf(file, archive);
  return owner === undefined || owner.id === entry.id;
}

/** Spares the next look-up the search. An archive that can only be read is searched each time. */
async function noteSighting(entry: Entry, file: FileAtPath, archive: Archive): Promise<Entry> {
  const moved = { ...entry, path: file.path, identity: file.identity };
  const work = beginWork(archive);
  try {
    await writeEntry(moved, work);
    await claim(file, moved, work);
  } catch (error) {
    if (!(error instanceof FileSystemFailure)) throw error;
  } finally {
    await work.end();
  }
  return moved;
}
