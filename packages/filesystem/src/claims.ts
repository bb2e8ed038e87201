import { dirname } from 'node:path';
import type { DocumentPath } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { type Entry, readEntry } from './entries.ts';
import { nameReserved } from './errors.ts';
import { type FileAtPath, findFile } from './file-at-path.ts';
import { isFailure, unless, withFile } from './file-system.ts';
import { makeIndexFolder } from './folders.ts';
import { claimFile } from './index-layout.ts';
import { isAnybodyClaiming } from './noted-work.ts';
import { hasNoLinks } from './publish.ts';
import type { Work } from './unfinished-work.ts';

/**
 * Claims tell which copy lies at a path: numbered files that hold an id, the highest number counting first. A claim is only ever added,
 * and a number can be taken once, so that of two processes that want one file only one can have it. Claims grow stale when files move, and
 * are believed only when the entry of their id fits the file.
 */
export async function ownerOf(file: FileAtPath, archive: Archive): Promise<Entry | undefined> {
  return (await readClaims(file, archive)).owner;
}

/** Makes a file the copy of an entry that has been written. Returns the entry that has it instead, when another one was first. */
export async function claim(file: FileAtPath, entry: Entry, work: Work): Promise<Entry | undefined> {
  for (;;) {
    const { owner, next } = await readClaims(file, work.archive);
    if (owner) return owner.id === entry.id ? undefined : owner;
    if (await addClaim(claimFile(work.archive.root, file.path, next), entry.id, work)) return undefined;
  }
}

/** True when an entry describes this very file, be it that its bytes are the same or that it is the same file with other bytes. */
export async function fits(entry: Entry, file: FileAtPath): Promise<boolean> {
  if (entry.identity !== undefined && entry.identity === file.identity) return true;
  return entry.size === file.size && entry.sha256 === (await file.sha256());
}

async function readClaims(file: FileAtPath, archive: Archive): Promise<{ owner: Entry | undefined; next: number }> {
  const ids: string[] = [];
  for (;;) {
    const id = await unless(['ENOENT'], archive.fileSystem.readText(claimFile(archive.root, file.path, ids.length + 1)));
    if (id === undefined) break;
    // Only where there are no hard links can a claim be seen before its text is written.
    if (id === '' && (await isAnybodyClaiming(archive))) throw nameReserved();
    ids.push(id);
  }
  for (const id of new Set(ids.toReversed())) {
    const entry = await readEntry(id, archive);
    if (entry && (await liesAt(entry.path, file, archive)) && (await fits(entry, file))) return { owner: entry, next: ids.length + 1 };
  }
  return { owner: undefined, next: ids.length + 1 };
}

/** Two paths may be one: by case, by another way of writing a letter, or through a symbolic link. The file system knows. */
async function liesAt(path: DocumentPath, file: FileAtPath, archive: Archive): Promise<boolean> {
  return (await findFile(path, archive))?.node === file.node;
}

async function addClaim(location: string, id: string, work: Work): Promise<boolean> {
  const { fileSystem } = work.archive;
  await makeIndexFolder(dirname(location), fileSystem);
  const temporary = await work.writeText(id, { durable: false });
  try {
    await fileSystem.link(temporary, location);
    return true;
  } catch (error) {
    if (isFailure(error, 'EEXIST')) return false;
    if (!hasNoLinks(error)) throw error;
    return writeClaim(location, id, work);
  }
}

async function writeClaim(location: string, id: string, work: Work): Promise<boolean> {
  await work.noteClaim();
  const file = await unless(['EEXIST'], work.archive.fileSystem.open(location, 'create'));
  if (file === undefined) return false;
  await withFile(file, () => file.write(Buffer.from(id)));
  return true;
}
