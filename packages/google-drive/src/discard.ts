import { ArchiveError, type CallOptions } from '@spotdraft-archive/core/destination';
import type { DriveContext } from './context.ts';

/** Puts something that was just made into the bin again. A contributor to a shared drive may make things, but not that: it then stays. */
export async function discard(id: string, { signal }: CallOptions, { api }: Pick<DriveContext, 'api'>): Promise<void> {
  try {
    await api.changeFile(id, { trashed: true }, { signal });
  } catch (error) {
    if (!ArchiveError.isInstance(error) || error.code !== 'destination.forbidden') throw error;
  }
}
