import { join } from 'node:path';
import type { CallOptions } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { type FileAtPath, fileAt } from './file-at-path.ts';
import { type FolderItem, isFailure, unless } from './file-system.ts';
import { ownName } from './index-layout.ts';

/**
 * Walks through all documents below the directory, holding one folder open for each level. Follows no symbolic link.
 *
 * Throws when a folder cannot be read: what lies in there is unknown, not absent.
 */
export async function* listFiles(archive: Archive, options: CallOptions, folders: readonly string[] = []): AsyncGenerator<FileAtPath> {
  const { root, fileSystem } = archive;
  for await (const { name, isFile, isDirectory } of listIfThere(join(root, ...folders), archive)) {
    options.signal?.throwIfAborted();
    if (name.startsWith(ownName)) continue;
    if (isDirectory) yield* listFiles(archive, options, [...folders, name]);
    if (!isFile) continue;
    const location = join(root, ...folders, name);
    const state = await unless(['ENOENT'], fileSystem.state(location));
    if (state?.isFile) yield fileAt({ folders, name }, { location, state, archive, options });
  }
}

/** A folder may disappear while others are read. */
async function* listIfThere(path: string, { fileSystem }: Archive): AsyncGenerator<FolderItem> {
  try {
    yield* fileSystem.list(path);
  } catch (error) {
    if (!isFailure(error, 'ENOENT', 'ENOTDIR')) throw error;
  }
}
