import { type FileSystem, isFailure, unless } from './file-system.ts';
import type { Work } from './unfinished-work.ts';

export interface PublishOptions {
  /** Writes over the file that has the name. @default false */
  readonly overwrite?: boolean | undefined;
  readonly work: Work;
}

/**
 * Gives a temporary file its final name, all at once. Rejects with `EEXIST` when anything has that name, unless it is to be overwritten.
 */
export async function publish(temporary: string, location: string, { overwrite = false, work }: PublishOptions): Promise<void> {
  const { fileSystem } = work.archive;
  if (overwrite) return fileSystem.rename(temporary, location);
  try {
    await fileSystem.link(temporary, location);
  } catch (error) {
    if (!hasNoLinks(error)) throw error;
    return publishByReservation(temporary, location, work);
  }
  await unless(['ENOENT'], fileSystem.remove(temporary));
}

/** True when the file system has no hard links, as FAT, exFAT and some network shares. Windows reports this as EISDIR. */
export function hasNoLinks(error: unknown): boolean {
  return isFailure(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EISDIR');
}

/** Without links no call both names a file and refuses to overwrite. So an empty file takes the name first, and is then renamed over. */
async function publishByReservation(temporary: string, location: string, work: Work): Promise<void> {
  const { fileSystem } = work.archive;
  await work.noteReservation();
  // A crash from here on leaves an empty file, which the note tells of and the next put removes.
  try {
    const reservation = await fileSystem.open(location, 'create');
    await reservation.close();
    await fileSystem.rename(temporary, location);
  } catch (error) {
    if (isFailure(error, 'EEXIST')) throw error;
    await removeReservation(location, fileSystem).catch(() => work.leaveToNext());
    throw error;
  }
}

async function removeReservation(location: string, fileSystem: FileSystem): Promise<void> {
  const state = await unless(['ENOENT'], fileSystem.state(location));
  if (state?.size === 0n) await fileSystem.remove(location);
}
