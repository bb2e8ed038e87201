import type { StorageDestination } from '@spotdraft-archive/core';

/** A place to archive to, and what has to be stopped afterwards. */
export interface StartedStore {
  readonly destination: StorageDestination;
  /** What lies in it, for a person to look at; absent where there is nothing to look at without an account. */
  readonly picture?: () => Promise<string>;
  readonly stop: () => Promise<void>;
}
