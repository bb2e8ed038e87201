import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import type { DocumentPath, StorageDestination } from '@spotdraft-archive/core/destination';
import type { DestinationHarness } from '@spotdraft-archive/testkit';
import type { FileSystem } from '../src/file-system.ts';
import { filesystemOn } from '../src/filesystem.ts';
import { ownName } from '../src/index-layout.ts';
import { nodeFileSystem } from '../src/node-file-system.ts';
import { type FaultyFileSystem, faultyFileSystem } from './faulty-file-system.ts';

export interface TemporaryArchive extends DestinationHarness {
  readonly directory: string;
  readonly fileSystem: FaultyFileSystem;
  /** Where a path lies on the disk. */
  locate(path: DocumentPath): string;
  /** Everything outside the index and every temporary file in it, as paths relative to the directory. */
  listEverything(): Promise<string[]>;
  cleanup(): Promise<void>;
}

export interface TemporaryArchiveOptions {
  /** @default the machine's own */
  readonly real?: FileSystem;
  /** Where to make the directory. @default the machine's folder for temporary files */
  readonly parent?: string;
}

/** An archive in a directory of its own, with every hook of the conformance suite. */
export async function temporaryArchive(options: TemporaryArchiveOptions = {}): Promise<TemporaryArchive> {
  const { real = nodeFileSystem, parent = tmpdir() } = options;
  const directory = await mkdtemp(join(parent, 'spotdraft-archive-'));
  const settings = { directory, createDirectory: false };
  const fileSystem = faultyFileSystem(real);
  const destination = filesystemOn(fileSystem, settings);
  const locate = ({ folders, name }: DocumentPath) => join(directory, ...folders, name);
  const place = async (path: DocumentPath): Promise<string> => {
    await mkdir(dirname(locate(path)), { recursive: true });
    return locate(path);
  };
  return {
    directory,
    fileSystem,
    locate,
    listEverything: () => listEverything(directory),
    destination,
    second: () => filesystemOn(real, settings),
    interrupt: (kind, nth) => fileSystem.inject({ kind, nth }),
    async listPaths() {
      const files = (await readItems(directory)).filter((item) => item.isFile());
      return files.map((item) => ({ folders: componentsOf(relative(directory, item.parentPath)), name: item.name }));
    },
    async listFolders() {
      const folders = (await readItems(directory)).filter((item) => item.isDirectory());
      return folders.map((item) => componentsOf(relative(directory, join(item.parentPath, item.name))));
    },
    writeFile: async (path, bytes) => writeFile(await place(path), bytes),
    moveCopy: async (id, path) => rename(await locationOf(id, destination), await place(path)),
    removeCopy: async (id) => rm(await locationOf(id, destination)),
    maxReadAheadBytes: 4 * 2 ** 20,
    cleanup: () => rm(directory, { recursive: true, force: true }),
  };

  async function locationOf(id: string, archived: StorageDestination): Promise<string> {
    const copy = await archived.stat(id);
    if (!copy?.path) throw new Error(`There is no copy ${id}.`);
    return locate(copy.path);
  }
}

async function readItems(directory: string) {
  const items = await readdir(directory, { recursive: true, withFileTypes: true });
  return items.filter((item) => componentsOf(relative(directory, join(item.parentPath, item.name)))[0] !== ownName);
}

async function listEverything(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = names.filter((item) => !item.isDirectory()).map((item) => relative(directory, join(item.parentPath, item.name)));
  const ours = ['copies', 'paths', 'README.txt'].map((name) => join(ownName, name));
  return files.filter((file) => !ours.some((name) => file.startsWith(name))).toSorted();
}

function componentsOf(path: string): string[] {
  return path === '' ? [] : path.split(sep);
}
