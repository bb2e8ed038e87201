import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, link, lstat, mkdir, open, opendir, readFile, realpath, rename, stat, statfs, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type FileState, type FileSystem, FileSystemFailure, type FolderItem, type OpenFile, type OpenMode } from './file-system.ts';

// Windows has neither flag; there only the name itself is opened anyway. https://nodejs.org/api/fs.html#file-open-constants
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_DIRECTORY }: Readonly<Record<string, number | undefined>> = { ...constants };

const flags: Readonly<Record<OpenMode, string | number>> = {
  create: 'wx',
  read: (O_RDONLY ?? 0) | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0),
  folder: (O_RDONLY ?? 0) | (O_DIRECTORY ?? 0),
};

/** The machine's own file systems. */
export const nodeFileSystem: FileSystem = {
  open: async (path, mode) => openFile(await attempt('open', open(path, flags[mode]))),
  link: (from, to) => attempt('link', link(from, to)),
  rename: (from, to) => attempt('rename', rename(from, to)),
  remove: (path) => attempt('remove', unlink(path)),
  makeFolder: (path) => attempt('make folder', mkdir(path)),
  makeFolders: (path) => attempt('make folders', makeFolders(path)),
  state: async (path) => stateOf(await attempt('state', lstat(path, { bigint: true }))),
  realPath: (path) => attempt('real path', realpath(path)),
  readText: (path) => attempt('read', readFile(path, 'utf8')),
  list: listFolder,
  async freeBytes(path) {
    const { bavail, bsize } = await attempt('free space', statfs(path));
    return bavail * bsize;
  },
};

function openFile(handle: FileHandle): OpenFile {
  return {
    read: async (buffer, position) => (await attempt('read', handle.read(buffer, 0, buffer.byteLength, position))).bytesRead,
    // Unlike write, writeFile goes on until all bytes are written, and it begins where the last one ended.
    // https://nodejs.org/api/fs.html#filehandlewritefiledata-options
    write: (bytes) => attempt('write', handle.writeFile(bytes)),
    sync: () => attempt('sync', handle.sync()),
    state: async () => stateOf(await attempt('state', handle.stat({ bigint: true }))),
    close: () => attempt('close', handle.close()),
  };
}

/**
 * Makes a folder and those above it, and names the first it has made.
 *
 * Not by Node's own recursive `mkdir`: where a folder is there but takes none, such as `/proc` or an automounter's, it tries for ever.
 * https://github.com/nodejs/node/blob/v24.x/src/node_file.cc
 */
async function makeFolders(path: string): Promise<string | undefined> {
  if (await isFolder(path)) return undefined;
  const first = dirname(path) === path ? undefined : await makeFolders(dirname(path));
  try {
    await mkdir(path);
    return first ?? path;
  } catch (error) {
    // Another process may have made it in the same moment.
    if (await isFolder(path)) return first;
    throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function* listFolder(path: string): AsyncIterable<FolderItem> {
  const folder = await attempt('list', opendir(path, { bufferSize: 256 }));
  try {
    for (;;) {
      const item = await attempt('list', folder.read());
      if (item === null) return;
      yield { name: item.name, isFile: item.isFile(), isDirectory: item.isDirectory() };
    }
  } finally {
    await folder.close();
  }
}

function stateOf(stats: BigIntStats): FileState {
  return {
    isFile: stats.isFile(),
    isDirectory: stats.isDirectory(),
    size: stats.size,
    inode: stats.ino,
    device: stats.dev,
    bornAt: stats.birthtimeNs,
    changedAtMs: Number(stats.mtimeMs),
  };
}

/** Replaces the system's error, whose message holds the path, by one that does not. */
async function attempt<Value>(operation: string, call: Promise<Value>): Promise<Value> {
  try {
    return await call;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException | undefined)?.code;
    throw new FileSystemFailure(code ?? 'UNKNOWN', operation);
  }
}
