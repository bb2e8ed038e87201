import { type OnceEach, onceEach } from '@spotdraft-archive/core/destination';
import type { Call, DriveApi } from './api.ts';
import { addressOfPath, type DriveRoot } from './drive-root.ts';

/** Makes folders that are missing. */
export interface Folders {
  /** Makes the destination's folder and these below it. Safe to repeat, and from several processes at once. */
  ensure(folders: readonly string[], root: DriveRoot, call: Call): Promise<void>;
}

/** Uploads that miss the same folder at once share the requests that make it. */
export function createFolders(api: DriveApi): Folders {
  const made: OnceEach<void> = onceEach();
  return {
    async ensure(folders, root, { signal }) {
      const start = { ...root, folders: [] };
      const parents: string[] = [];
      for (const name of [...root.folders, ...folders]) {
        const parent = addressOfPath(start, parents);
        const key = `${parent}/${name.toLowerCase()}`;
        // Only asked for when an upload just found a folder missing: what was made before may have been removed.
        made.forget(key);
        await made.get(key, { make: (shared) => api.createFolder(parent, name, { signal: shared }), signal });
        parents.push(name);
      }
    },
  };
}
