import { type FileSystem, FileSystemFailure } from '../src/file-system.ts';
import { nodeFileSystem } from '../src/node-file-system.ts';

/** The machine's file system, as if it had no hard links. */
export const withoutLinks: FileSystem = { ...nodeFileSystem, link: () => Promise.reject(new FileSystemFailure('EPERM', 'link')) };
