import { directoryMissing } from './errors.ts';
import { type FileSystem, isFailure, unless } from './file-system.ts';
import type { FilesystemSettings } from './options.ts';

/** A directory that is there, and the calls to work in it. */
export interface Archive {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly fileSystem: FileSystem;
}

/**
 * Opens the directory. Looks it up anew for each call, as it may be mounted, moved or replaced while the process runs. Nothing when it does
 * not exist and may be created: then the archive is empty. Throws `destination.folder_not_found` when it may not.
 */
export async function findArchive(settings: FilesystemSettings, fileSystem: FileSystem): Promise<Archive | undefined> {
  const root = await unless(['ENOENT'], fileSystem.realPath(settings.directory));
  if (root !== undefined) return { root, fileSystem };
  if (settings.createDirectory) return undefined;
  throw directoryMissing();
}

/** Opens the directory, and creates it first when it does not exist and may be created. */
export async function openArchive(settings: FilesystemSettings, fileSystem: FileSystem): Promise<Archive> {
  const existing = await findArchive(settings, fileSystem);
  if (existing) return existing;
  try {
    await fileSystem.makeFolders(settings.directory);
  } catch (error) {
    throw isFailure(error, 'ENOENT') ? directoryMissing() : error;
  }
  return { root: await fileSystem.realPath(settings.directory), fileSystem };
}
