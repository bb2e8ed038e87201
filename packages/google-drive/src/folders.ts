import { type CallOptions, type Clock, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi } from './api.ts';
import { discard } from './discard.ts';
import type { FileIds } from './file-ids.ts';
import type { FolderPaths } from './folder-paths.ts';
import { oldestFirst } from './oldest-first.ts';
import type { RootFolder } from './root-folder.ts';
import { allOf, inFolder, isFolder, named, notInBin } from './search-terms.ts';
import type { DriveFile } from './wire-types.ts';

export interface Folder {
  readonly id: string;
  /** True when this destination made it, so that nobody else's older files lie in it. */
  readonly isNew: boolean;
}

/** The folders below the destination's root. */
export interface Folders {
  /** Finds or makes a chain of folders, one at a time, and keeps their ids. */
  ensure(names: readonly string[], options: CallOptions): Promise<Folder>;
  /** Finds a chain of folders and makes none. */
  find(names: readonly string[], options: CallOptions): Promise<string | undefined>;
  /** Drops what is kept of a chain, after a folder of it turned out to be gone. */
  forget(names: readonly string[]): void;
}

export interface FoldersOptions {
  readonly api: DriveApi;
  readonly ids: FileIds;
  readonly paths: FolderPaths;
  readonly root: RootFolder;
  readonly clock: Clock;
}

/** People move, rename and delete folders: after this long one is looked for again before anything is put into it. */
const maxAgeMs = 600_000;

export function createFolders({ api, ids, paths, root, clock }: FoldersOptions): Folders {
  const known = onceEach<Folder>();
  const seenAt = new Map<string, number>();
  const madeHere = new Set<string>();

  async function ensure(names: readonly string[], { signal }: CallOptions): Promise<Folder> {
    const name = names.at(-1);
    if (name === undefined) return { id: await root.id({ signal }), isNew: false };
    const chain = JSON.stringify(names);
    const lastSeenAt = seenAt.get(chain);
    const make = async (shared: AbortSignal): Promise<Folder> => {
      const parent = await ensure(names.slice(0, -1), { signal: shared });
      const isSurelyAbsent = parent.isNew && lastSeenAt === undefined;
      const found = isSurelyAbsent ? undefined : await findByName(parent.id, name, { signal: shared });
      const id = found?.id ?? (await makeFolder(parent.id, name, { signal: shared }));
      seenAt.set(chain, clock.now());
      await paths.note(id, { name, parentId: parent.id });
      return { id, isNew: madeHere.has(id) };
    };
    if (lastSeenAt !== undefined && clock.now() - lastSeenAt > maxAgeMs) known.forget(chain);
    return known.get(chain, { make, signal });
  }

  async function findByName(parentId: string, name: string, { signal }: CallOptions): Promise<DriveFile | undefined> {
    const query = allOf(inFolder(parentId), named(name), isFolder, notInBin);
    return winnerAmong(await api.listFiles({ query, driveId: await root.driveId({ signal }), signal }), name);
  }

  // Drive makes two folders of one name without a word, and its search by name lags behind; a listing of the folder does not.
  // https://github.com/kopia/kopia/issues/90
  async function findRecent(parentId: string, name: string, { signal }: CallOptions): Promise<DriveFile | undefined> {
    const query = allOf(inFolder(parentId), isFolder, notInBin);
    const driveId = await root.driveId({ signal });
    return winnerAmong(await api.listFiles({ query, driveId, orderBy: 'createdTime desc', signal }), name);
  }

  /** Makes a folder, and gives it up again for the one that another process made a moment earlier. */
  async function makeFolder(parentId: string, name: string, { signal }: CallOptions): Promise<string> {
    const id = await ids.take({ signal });
    // An id that is in use after a lost reply is ours: nobody else was given it.
    await api.createFolder({ id, name, parents: [parentId] }, { signal });
    const winner = await findRecent(parentId, name, { signal });
    if (winner !== undefined && winner.id !== id) {
      await discard(id, { signal }, { api });
      return winner.id;
    }
    madeHere.add(id);
    return id;
  }

  return {
    ensure,
    async find(names, { signal }) {
      let id = await root.id({ signal });
      for (const name of names) {
        const found: DriveFile | undefined = (await findByName(id, name, { signal })) ?? (await findRecent(id, name, { signal }));
        if (found === undefined) return undefined;
        id = found.id;
      }
      return id;
    },
    forget(names) {
      names.forEach((_name, index) => known.forget(JSON.stringify(names.slice(0, index + 1))));
    },
  };
}

/** Every process has to choose the same one. The search itself does not mind case, the archive does. */
function winnerAmong(folders: readonly DriveFile[], name: string): DriveFile | undefined {
  return folders.filter((folder) => folder.name === name && folder.trashed !== true).toSorted(oldestFirst)[0];
}
