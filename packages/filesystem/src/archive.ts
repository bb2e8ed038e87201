import { directoryMissing } from './errors.ts';
import { type FileSystem, isFailure } from './file-system.ts';
import type { FilesystemSettings } from './options.ts';

/** A directory that is there, and the calls to work in it. */
export interface Archive {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly fileSystem: FileSystem;
}

/** Looks the directory up anew for each call, as it may be mounted, moved or replaced while the process runs. */
export async function openArchive({ directory, createDirectory }: FilesystemSettings, fileSystem: FileSystem): Promise<Archive> {
  try {
    return { root: await fileSystem.realPath(directory), fileSystem };
  } catch (error) {
    if (!isFailure(error, 'ENOENT')) throw error;
    if (!createDirectory) throw directoryMissing();
  }
  await fileSystem.makeFolders(directory);
  return { root: await fileSystem.realPath(directory), fileSystem };
}
