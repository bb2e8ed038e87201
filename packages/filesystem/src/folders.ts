import { dirname, join, relative, sep } from 'node:path';
import type { Archive } from './archive.ts';
import { leavesDirectory } from './errors.ts';
import { type FileSystem, isFailure, unless, withFile } from './file-system.ts';

/** The real path of a folder below the directory; nothing when it does not exist. Throws when a symbolic link leads out of the directory. */
export async function findFolder(folders: readonly string[], { root, fileSystem }: Archive): Promise<string | undefined> {
  const real = await unless(['ENOENT', 'ENOTDIR'], fileSystem.realPath(join(root, ...folders)));
  if (real !== undefined) assertInside(real, root);
  return real;
}

/**
 * Makes the folders of a path, durably, and gives the real path of the last one. Several processes may do so at once.
 *
 * Goes one folder at a time, so that nothing is made behind a symbolic link that leads out of the directory.
 */
export async function makeFolders(folders: readonly string[], archive: Archive): Promise<string> {
  const existing = await findFolder(folders, archive);
  if (existing !== undefined) return existing;
  const { root, fileSystem } = archive;
  let current = root;
  for (const folder of folders) {
    const next = join(current, folder);
    try {
      await fileSystem.makeFolder(next);
      await syncFolder(current, fileSystem);
    } catch (error) {
      if (!isFailure(error, 'EEXIST')) throw error;
    }
    current = await fileSystem.realPath(next);
    assertInside(current, root);
  }
  return current;
}

/** Throws when a folder that was real a moment ago is not any more: somebody has put a symbolic link in its way. */
export async function assertStillReal(folder: string, { fileSystem }: Archive): Promise<void> {
  if ((await fileSystem.realPath(folder)) !== folder) throw leavesDirectory();
}

/** Makes a folder of the index and those above it, durably. True when there was something to make. */
export async function makeIndexFolder(path: string, fileSystem: FileSystem): Promise<boolean> {
  const first = await fileSystem.makeFolders(path);
  if (first === undefined) return false;
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) await syncFolder(dirname(folder), fileSystem);
  return true;
}

// Windows and some network file systems cannot sync what was opened for reading. They say so, and there is nothing more to do.
const cannotSync = ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF'];

/** Waits until the names in a folder are on the disk. */
export async function syncFolder(path: string, fileSystem: FileSystem): Promise<void> {
  const folder = await unless(cannotSync, fileSystem.open(path, 'folder'));
  if (folder) await withFile(folder, () => unless(cannotSync, folder.sync()));
}

/** Waits until the bytes of a file are on the disk that somebody else has written. */
export async function syncFile(path: string, fileSystem: FileSystem): Promise<void> {
  const file = await fileSystem.open(path, 'read');
  await withFile(file, () => unless(cannotSync, file.sync()));
}

function assertInside(path: string, root: string): void {
  const [first] = relative(root, path).split(sep);
  // Another drive of Windows has no relative path: the answer is absolute and begins with a drive letter.
  if (first === '..' || first?.endsWith(':')) throw leavesDirectory();
}
