import { join } from 'node:path';
import type { CallOptions, DocumentPath } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { type FileState, unless } from './file-system.ts';
import { findFolder } from './folders.ts';
import { hashFile } from './read-file.ts';

/** A file as it lies on the disk now. */
export interface FileAtPath {
  readonly path: DocumentPath;
  /** Absolute, and without symbolic links among the folders. */
  readonly location: string;
  /** In bytes. */
  readonly size: number;
  /** The same for two names of one file. */
  readonly node: string;
  /** Stays with a file when it is renamed or its bytes change, on this machine; absent where the file system has nothing of the kind. */
  readonly identity: string | undefined;
  /** SHA-256 of the bytes in lower-case hex. Reads the file, once. */
  sha256(): Promise<string>;
}

/** Looks what lies at a path. `no-file` is a folder, a symbolic link or a pipe: such things are never opened. */
export async function lookAt(path: DocumentPath, archive: Archive, options: CallOptions = {}): Promise<FileAtPath | 'no-file' | undefined> {
  const folder = await findFolder(path.folders, archive);
  if (folder === undefined) return undefined;
  const location = join(folder, path.name);
  const state = await unless(['ENOENT', 'ENOTDIR'], archive.fileSystem.state(location));
  if (state === undefined) return undefined;
  return state.isFile ? fileAt(path, { location, state, archive, options }) : 'no-file';
}

/** The file at a path; nothing when no file lies there. */
export async function findFile(path: DocumentPath, archive: Archive, options: CallOptions = {}): Promise<FileAtPath | undefined> {
  const found = await lookAt(path, archive, options);
  return found === 'no-file' ? undefined : found;
}

export interface SeenFile {
  readonly location: string;
  readonly state: FileState;
  readonly archive: Archive;
  readonly options: CallOptions;
}

export function fileAt(path: DocumentPath, { location, state, archive, options }: SeenFile): FileAtPath {
  let digest: Promise<string> | undefined;
  return {
    path,
    location,
    size: Number(state.size),
    node: `${state.device}:${state.inode}`,
    identity: identityOf(state),
    sha256() {
      digest ??= hashFile(location, archive.fileSystem, options);
      return digest;
    },
  };
}

/** An inode number is used again after a deletion, but not with the same time of birth. */
function identityOf({ inode, bornAt }: FileState): string | undefined {
  return bornAt === 0n ? undefined : `${inode}-${bornAt}`;
}
