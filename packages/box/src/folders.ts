import { ArchiveError, type CallOptions, conflictWith, onceEach } from '@spotdraft-archive/core/destination';
import type { BoxApi } from './api.ts';
import { folderNotFound, nameAltered } from './errors.ts';
import { conflictSchema, folderSchema } from './wire-types.ts';

export interface BoxFolders {
  /**
   * Does work in a folder that is made where it is missing. The work is done once more when it reports `destination.folder_not_found` for a
   * folder that was known from before: somebody has removed it since.
   */
  within<Result>(folders: readonly string[], work: (folderId: string) => Promise<Result>, options: CallOptions): Promise<Result>;
  /** The id of a folder, or `undefined` when it is not there. Makes nothing. */
  locate(folders: readonly string[], options: CallOptions): Promise<string | undefined>;
}

export interface BoxFoldersOptions {
  readonly api: BoxApi;
  /** The destination's root. */
  readonly folderId: string;
}

/** The folders below the destination's root, with the ids of those that were seen. */
export function createFolders({ api, folderId: rootId }: BoxFoldersOptions): BoxFolders {
  const ids = onceEach<string>();

  async function ensure(folders: readonly string[], signal: AbortSignal | undefined): Promise<string> {
    const name = folders.at(-1);
    if (name === undefined) return rootId;
    const parents = folders.slice(0, -1);
    return ids.get(cacheKey(folders), {
      make: async (shared) => createFolder(api, { name, parentId: await ensure(parents, shared), signal: shared }),
      signal,
    });
  }

  function forget(folders: readonly string[]): void {
    for (let depth = 1; depth <= folders.length; depth += 1) ids.forget(cacheKey(folders.slice(0, depth)));
  }

  return {
    async within(folders, work, { signal }) {
      try {
        return await work(await ensure(folders, signal));
      } catch (error) {
        if (folders.length === 0 || !ArchiveError.isInstance(error) || error.code !== 'destination.folder_not_found') throw error;
        forget(folders);
        return work(await ensure(folders, signal));
      }
    },
    async locate(folders, { signal }) {
      let folderId: string | undefined = rootId;
      for (const name of folders) {
        if (folderId === undefined) return undefined;
        folderId = await findFolder(api, { name, parentId: folderId, signal });
      }
      return folderId;
    },
  };
}

interface ChildFolder extends CallOptions {
  readonly name: string;
  readonly parentId: string;
}

/** One request finds or makes a folder, without a race: the refusal names the one that is there. */
async function createFolder(api: BoxApi, { name, parentId, signal }: ChildFolder): Promise<string> {
  const answer = await api.createFolder({ name, parentId }, { signal });
  if (answer.status === 404) throw folderNotFound();
  if (answer.status === 201) {
    const made = answer.json(folderSchema);
    if (isSameName(made.name, name)) return made.id;
    await api.removeFolder(made.id, { signal });
    throw nameAltered();
  }
  const existing = answer.json(conflictSchema);
  if (existing?.type !== 'folder') throw conflictWith(existing);
  if (existing.name !== undefined && !isSameName(existing.name, name)) throw nameAltered();
  return existing.id;
}

/** Box has no look-up by path, so the folder above is listed. */
async function findFolder(api: BoxApi, { name, parentId, signal }: ChildFolder): Promise<string | undefined> {
  let marker: string | undefined;
  do {
    const page = await api.listFolder(parentId, { marker, signal });
    const found = page?.entries.find((entry) => entry.type === 'folder' && isSameName(entry.name ?? '', name));
    if (found !== undefined) return found.id;
    marker = page?.nextMarker;
  } while (marker !== undefined);
  return undefined;
}

function cacheKey(folders: readonly string[]): string {
  return JSON.stringify(folders.map(folded));
}

/** Names that differ in case only are one name to Box. */
export function isSameName(first: string, second: string): boolean {
  return folded(first) === folded(second);
}

function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
