import { DestinationError, type DestinationErrorCode, type Recovery } from '@spotdraft-archive/core/destination';
import { FileSystemFailure } from './file-system.ts';

interface FailureRow {
  readonly code: DestinationErrorCode;
  readonly recovery: Recovery;
  readonly message: string;
  readonly hint: string;
}

const full: FailureRow = {
  code: 'destination.quota_exceeded',
  recovery: 'operator',
  message: 'There is no room left.',
  hint: 'Free some space, enlarge the disk or raise the quota, then redrive what was parked.',
};

const forbidden: FailureRow = {
  code: 'destination.forbidden',
  recovery: 'operator',
  message: 'The operating system does not allow it.',
  hint: 'Give the user who runs this process the right to read, write and create in the directory and all folders below it.',
};

const misplacedFile: FailureRow = {
  code: 'destination.folder_not_found',
  recovery: 'operator',
  message: 'A file lies where a folder has to be.',
  hint: 'Rename the file that has the name of one of the folders.',
};

const nameRejected: FailureRow = {
  code: 'destination.name_rejected',
  recovery: 'never',
  message: 'The file system does not take the name.',
  hint: 'Use shorter folders and names in the layout, or move the directory nearer to the root of its disk.',
};

const unavailable: FailureRow = {
  code: 'destination.unavailable',
  recovery: 'retry',
  message: 'The file system did not do what it was asked.',
  hint: 'If this stays, look at the disk or the network share and at the log of the operating system.',
};

/** What the operating system's refusals mean. https://man7.org/linux/man-pages/man3/errno.3.html */
const failures: Readonly<Record<string, FailureRow>> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: {
    ...forbidden,
    message: 'The file system is read-only.',
    hint: 'Mount it writable, or archive to another directory. Some systems mount a damaged disk read-only: look at their log.',
  },
  ELOOP: {
    ...forbidden,
    message: 'A symbolic link lies in the way.',
    hint: 'Replace the symbolic links below the directory by folders.',
  },
  ENOTDIR: misplacedFile,
  EISDIR: misplacedFile,
  ENAMETOOLONG: nameRejected,
  EINVAL: nameRejected,
  EILSEQ: nameRejected,
  EFBIG: {
    code: 'destination.too_large',
    recovery: 'never',
    message: 'The file is larger than the file system allows.',
    hint: 'FAT holds files up to 4 GiB; archive to a directory on another file system.',
  },
  EMFILE: {
    ...unavailable,
    message: 'Too many files are open.',
    hint: 'Archive fewer contracts at once, or raise the limit of open files.',
  },
  ENFILE: { ...unavailable, message: 'Too many files are open on this machine.', hint: 'Wait, or raise the limit of open files.' },
  ENOENT: {
    ...unavailable,
    message: 'A file or folder disappeared while it was being used.',
    hint: 'Somebody moves or deletes folders; the next attempt makes them anew.',
  },
};

/** Gives a refusal of the operating system its meaning. Anything else, such as the error of a document's source, stays as it is. */
export function translate(error: unknown): unknown {
  if (!(error instanceof FileSystemFailure)) return error;
  const { message, ...row } = failures[error.code] ?? unavailable;
  return new DestinationError(message, { ...row, details: { systemCode: error.code }, cause: error });
}

/** Does the work of one call: an abort rejects with its reason and a refusal of the operating system with its meaning. */
export async function translated<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
  signal?.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    throw translate(error);
  }
}

export function directoryMissing(): DestinationError {
  return new DestinationError('The directory does not exist.', {
    code: 'destination.folder_not_found',
    recovery: 'operator',
    hint: 'Mount the disk or share it lies on, or create it.',
  });
}

export function leavesDirectory(): DestinationError {
  return new DestinationError('A folder of the path is a symbolic link that leaves the directory.', {
    code: 'destination.forbidden',
    recovery: 'operator',
    hint: 'Replace the symbolic link by a folder.',
  });
}

export function unsafePath(): DestinationError {
  return new DestinationError('A folder or name could leave the directory, or is one of our own.', {
    code: 'destination.name_rejected',
    recovery: 'never',
    hint: 'Names must not be empty, "." or "..", begin with ".spotdraft-archive", or hold slashes, backslashes or control characters.',
  });
}

export function nameReserved(): DestinationError {
  return new DestinationError('Another process is storing a file under this name.', {
    code: 'destination.name_reserved',
    recovery: 'retry',
    hint: 'Try again in a moment.',
  });
}

export function vanished(): DestinationError {
  return new DestinationError('The copy disappeared as soon as it was stored.', {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'Somebody moves or deletes files in the archive; the next attempt looks for the copy and stores it anew if it is gone.',
  });
}

export function notFound(id: string): DestinationError {
  return new DestinationError('There is no such copy.', {
    code: 'destination.not_found',
    recovery: 'never',
    hint: 'Look for the copy by its key; if it is gone, archive the contract again.',
    details: { id },
  });
}

export function damagedEntry(id: string): DestinationError {
  return new DestinationError('An entry of the index cannot be read.', {
    code: 'destination.unexpected_answer',
    recovery: 'operator',
    hint: 'Delete the file of that id below .spotdraft-archive/copies and archive the contract again: the copy is then adopted.',
    details: { id },
  });
}
