import { ArchiveError } from '../../errors/archive-error.ts';

const hints: Readonly<Record<string, string>> = {
  ENOENT: 'Create the folder that "temporaryDirectory" names, or name another one.',
  ENOTDIR: 'Name a folder as "temporaryDirectory".',
  EACCES: 'Give this process the right to create files in the folder that "temporaryDirectory" names, or name another one.',
  EPERM: 'Give this process the right to create files in the folder that "temporaryDirectory" names, or name another one.',
  EROFS: 'The disk is read-only: name a folder on another one as "temporaryDirectory".',
  ENOSPC: 'The disk is full: free some space, or name a folder on another one as "temporaryDirectory".',
  EDQUOT: 'The quota is used up: free some space, or name a folder on another disk as "temporaryDirectory".',
  EMFILE: 'This process has too many files open: raise its limit, or archive fewer contracts at once.',
  ENFILE: 'The machine has too many files open: raise its limit, or archive fewer contracts at once.',
};

/** What a failure of the temporary file means. Errors of the document's source are handed back as they are. */
export function temporaryFileError(error: unknown): unknown {
  if (ArchiveError.isInstance(error) || !(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const reason = String(error.code);
  const hint = hints[reason];
  if (hint === undefined) return error;
  return new ArchiveError(`The temporary file for a large document could not be written (${reason}).`, {
    code: 'temporary_file.unavailable',
    recovery: 'operator',
    hint,
    details: { reason },
  });
}
