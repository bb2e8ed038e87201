import { dirname, join } from 'node:path';
import { type CallOptions, conflictWith, type DocumentToStore, type PutOptions, type PutResult } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { checkPath } from './check-path.ts';
import { ownerOf } from './claims.ts';
import { nameReserved, vanished } from './errors.ts';
import { type FileAtPath, findFile, lookAt } from './file-at-path.ts';
import { isFailure } from './file-system.ts';
import { makeFolders, syncFile, syncFolder } from './folders.ts';
import { idOfKey } from './index-layout.ts';
import { copyOf, type LocatedFile, locateKey } from './lookup.ts';
import { isReserved } from './noted-work.ts';
import { publish } from './publish.ts';
import { registerCopy, unregister } from './register-copy.ts';
import { removeAbandonedWork } from './remove-abandoned-work.ts';
import { findReplaced } from './replace.ts';
import { beginWork } from './unfinished-work.ts';
import { writeTemporary } from './write-temporary.ts';

/**
 * Stores a document under its name, all at once, or adopts the file that holds it already.
 *
 * An abort counts until the file gets its name. From then on the copy is there, and what is left is done to the end.
 */
export async function putDocument(document: DocumentToStore, options: PutOptions, archive: Archive): Promise<PutResult> {
  checkPath(document.path);
  await removeAbandonedWork(archive);
  const known = await locateKey(document.key, archive, options);
  if (known && (await holds(known.file, document))) return adopt(known.file, document, archive);
  if (options.ifExists === 'replace') {
    return store(document, options, { archive, replaced: await findReplaced(document, options, { archive, known }) });
  }
  if (known) throw conflictWith(await copyOf(known));
  return (await settle(document, options, archive)) ?? store(document, options, { archive, replaced: undefined });
}

interface StoreContext {
  readonly archive: Archive;
  readonly replaced: LocatedFile | undefined;
}

async function store(document: DocumentToStore, options: PutOptions, { archive, replaced }: StoreContext): Promise<PutResult> {
  const work = beginWork(archive);
  try {
    const { path, location } = replaced?.file ?? (await placeFor(document, archive));
    const temporary = await work.temporaryBeside(path, dirname(location));
    await writeTemporary(document, temporary, { ...options, archive });
    options.signal?.throwIfAborted();
    try {
      await publish(temporary, location, { overwrite: replaced !== undefined, work });
    } catch (error) {
      const winner = isFailure(error, 'EEXIST') ? await settle(document, {}, archive) : undefined;
      if (winner) return winner;
      throw error;
    }
    // A crash from here on leaves a file without a key, which the next attempt adopts.
    await syncFolder(dirname(location), archive.fileSystem);
    if (replaced) await unregister(replaced, document, archive);
    const file = await findFile(path, archive);
    if (!file) throw vanished();
    return { copy: await registerCopy({ ...file, sha256: async () => document.sha256 }, document, work), outcome: 'stored' };
  } finally {
    await work.end();
  }
}

async function placeFor({ path }: DocumentToStore, archive: Archive): Promise<Pick<FileAtPath, 'path' | 'location'>> {
  return { path, location: join(await makeFolders(path.folders, archive), path.name) };
}

/** What is to be done about whatever lies at the path: nothing when nothing does, adopt it, or throw `destination.conflict`. */
async function settle(document: DocumentToStore, options: CallOptions, archive: Archive): Promise<PutResult | undefined> {
  const there = await lookAt(document.path, archive, options);
  if (there === undefined) return undefined;
  if (there === 'no-file') throw conflictWith();
  const owner = await ownerOf(there, archive);
  const isOurs = owner === undefined || owner.id === idOfKey(document.key);
  if (isOurs && (await holds(there, document))) return adopt(there, document, archive);
  if (there.size === 0 && (await isReserved(document.path, archive))) throw nameReserved();
  throw conflictWith(await copyOf({ file: there, entry: owner }));
}

async function adopt(file: FileAtPath, document: DocumentToStore, archive: Archive): Promise<PutResult> {
  const work = beginWork(archive);
  try {
    // Whoever wrote it may have died before it was safe on the disk.
    await syncFile(file.location, archive.fileSystem);
    await syncFolder(dirname(file.location), archive.fileSystem);
    return { copy: await registerCopy(file, document, work), outcome: 'adopted' };
  } finally {
    await work.end();
  }
}

async function holds(file: FileAtPath, { size, sha256 }: DocumentToStore): Promise<boolean> {
  return file.size === size && (await file.sha256()) === sha256;
}
