import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { DocumentPath } from '@spotdraft-archive/core/destination';

/**
 * Name of the hidden folder below the archive's directory that holds keys, properties and unfinished work, and beginning of every other name
 * that this package invents. No document's name may begin like it.
 */
export const ownName = '.spotdraft-archive';

/** The id of the copy that carries a key. The same on every machine, so an archive can be moved as a whole. */
export function idOfKey(key: string): string {
  return digest(key);
}

/** The id of a file that carries no key. It changes when the file is moved. */
export function idOfPath(path: DocumentPath): string {
  return `path-${digest(foldPath(path))}`;
}

export function isIdOfKey(id: string): boolean {
  return /^[0-9a-f]{40}$/.test(id);
}

export function isIdOfPath(id: string): boolean {
  return /^path-[0-9a-f]{40}$/.test(id);
}

export function entryFile(root: string, id: string): string {
  return join(root, ownName, 'copies', id.slice(0, 2), `${id}.json`);
}

/** The n-th claim to a path, counted from 1. */
export function claimFile(root: string, path: DocumentPath, number: number): string {
  const name = digest(foldPath(path));
  return join(root, ownName, 'paths', name.slice(0, 2), `${name}.${number}`);
}

export function unfinishedFolder(root: string): string {
  return join(root, ownName, 'unfinished');
}

/** Paths that some file system takes for one fold to one; whether they really are one file is found out by looking. */
function foldPath({ folders, name }: DocumentPath): string {
  // Upper case first: it alone makes "ß" equal to "SS", as case-blind file systems do.
  return [...folders, name].join('/').normalize('NFC').toUpperCase().toLowerCase();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
