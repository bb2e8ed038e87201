/** What of a file's state is looked at. 64 bits wide, as inode numbers are. */
export interface FileState {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly size: bigint;
  readonly inode: bigint;
  readonly device: bigint;
  /** In nanoseconds since 1970; 0 where the file system does not keep it. */
  readonly bornAt: bigint;
  /** In milliseconds since 1970. */
  readonly changedAtMs: number;
}

/** A file that is open. */
export interface OpenFile {
  /** Reads into the buffer from a position and tells how many bytes it got; 0 at the end. */
  read(buffer: Uint8Array, position: number): Promise<number>;
  /** Writes all of the bytes after those that were written before. */
  write(bytes: Uint8Array): Promise<void>;
  /** Waits until everything is on the disk. */
  sync(): Promise<void>;
  state(): Promise<FileState>;
  close(): Promise<void>;
}

export interface FolderItem {
  readonly name: string;
  readonly isFile: boolean;
  readonly isDirectory: boolean;
}

/**
 * How to open a file: `create` refuses when anything has that name; `read` follows no symbolic link in the last place and does not wait for
 * a pipe's other end; `folder` is for syncing a folder.
 */
export type OpenMode = 'create' | 'read' | 'folder';

/** The calls that this package makes: a port, so that tests can let each of them fail. All reject with `FileSystemFailure`. */
export interface FileSystem {
  open(path: string, mode: OpenMode): Promise<OpenFile>;
  /** Gives a file a second name; refuses when anything has that name. */
  link(from: string, to: string): Promise<void>;
  /** Renames a file over whatever file has that name. */
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Makes a folder and those above it, where they are missing, and names the first it has made. */
  makeFolders(path: string): Promise<string | undefined>;
  /** Describes what has that name, a symbolic link included. */
  state(path: string): Promise<FileState>;
  /** The path without symbolic links. */
  realPath(path: string): Promise<string>;
  readText(path: string): Promise<string>;
  /** What lies in a folder, a few at a time. */
  list(path: string): AsyncIterable<FolderItem>;
  freeBytes(path: string): Promise<number>;
}

/** A call that the operating system refused. Knows the reason, and not the path, which may hold names of parties. */
export class FileSystemFailure extends Error {
  /** Such as `ENOSPC`. */
  readonly code: string;

  constructor(code: string, operation: string) {
    super(`${operation}: ${code}`);
    this.name = 'FileSystemFailure';
    this.code = code;
  }
}

/** True when an error is a failure with one of these codes. */
export function isFailure(error: unknown, ...codes: readonly string[]): error is FileSystemFailure {
  return error instanceof FileSystemFailure && codes.includes(error.code);
}

/** The value, or nothing when a call fails with one of these codes. */
export async function unless<Value>(codes: readonly string[], call: Promise<Value>): Promise<Value | undefined> {
  try {
    return await call;
  } catch (error) {
    if (isFailure(error, ...codes)) return undefined;
    throw error;
  }
}

/** Works with an open file and closes it on every way out. A failure of the work is not hidden by one of closing. */
export async function withFile<Value>(file: OpenFile, work: (file: OpenFile) => Promise<Value>): Promise<Value> {
  let value: Value;
  try {
    value = await work(file);
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
  await file.close();
  return value;
}
