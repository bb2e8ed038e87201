import { type CallOptions, type Clock, type DocumentPath, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi } from './api.ts';
import type { RootFolder } from './root-folder.ts';
import type { DriveFile } from './wire-types.ts';

/** Where a folder lies. */
export interface FolderPlace {
  readonly name: string;
  readonly parentId: string | undefined;
}

/** Tells the way from the destination's folder down to a file. Each folder on it is looked at once in a while. */
export interface FolderPaths {
  /** Keeps what is known of a folder without a look. */
  note(id: string, place: FolderPlace): Promise<void>;
  /** Where a file lies; nothing when that is outside the destination's folder, or in a folder that the account may not see. */
  pathOf(file: DriveFile, options: CallOptions): Promise<DocumentPath | undefined>;
}

export interface FolderPathsOptions {
  readonly api: DriveApi;
  readonly root: RootFolder;
  readonly clock: Clock;
}

/** People move and rename folders, so that nothing is believed for longer. */
const maxAgeMs = 60_000;
/** https://support.google.com/a/users/answer/7338880 */
const maxDepth = 100;

export function createFolderPaths({ api, root, clock }: FolderPathsOptions): FolderPaths {
  const places = onceEach<FolderPlace | undefined>();
  const seenAt = new Map<string, number>();

  async function look(id: string, { signal }: CallOptions): Promise<FolderPlace | undefined> {
    const folder = await api.getFile(id, { signal });
    seenAt.set(id, clock.now());
    return folder && { name: folder.name, parentId: folder.parents?.[0] };
  }

  function placeOf(id: string, { signal }: CallOptions): Promise<FolderPlace | undefined> {
    const age = clock.now() - (seenAt.get(id) ?? clock.now());
    if (age > maxAgeMs) places.forget(id);
    return places.get(id, { make: (shared) => look(id, { signal: shared }), signal });
  }

  return {
    async note(id, place) {
      places.forget(id);
      seenAt.set(id, clock.now());
      await places.get(id, { make: async () => place });
    },
    async pathOf(file, options) {
      const folders: string[] = [];
      const rootId = await root.id(options);
      let folderId = file.parents?.[0];
      while (folderId !== undefined && folders.length < maxDepth) {
        if (folderId === rootId) return { folders: folders.toReversed(), name: file.name };
        const place: FolderPlace | undefined = await placeOf(folderId, options);
        folders.push(place?.name ?? '');
        folderId = place?.parentId;
      }
      return undefined;
    },
  };
}
