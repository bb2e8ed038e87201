import type { CallOptions, DocumentToStore } from '@spotdraft-archive/core/destination';
import type { DriveContext } from './context.ts';
import { keyOf, propertiesOf } from './metadata.ts';
import type { DriveFile, FileMetadata } from './wire-types.ts';

export interface CompleteOptions {
  /** Stamps the file with its key and properties where it has none. Without it the file is only locked. */
  readonly document?: DocumentToStore | undefined;
  readonly options: CallOptions;
  readonly drive: DriveContext;
}

/** Does what an earlier attempt may not have come to: the key, and last the lock. Changes nothing when all is there. */
export async function completeCopy(file: DriveFile, { document, options, drive }: CompleteOptions): Promise<DriveFile> {
  const { api, settings } = drive;
  const isUnstamped = document !== undefined && keyOf(file, settings) === undefined;
  const isUnlocked = settings.lock !== undefined && !isLocked(file);
  if (!isUnstamped && !isUnlocked) return file;
  const metadata = {
    ...(isUnstamped && propertiesOf(document, settings)),
    ...(isUnlocked && lockMetadata(drive)),
  };
  return api.changeFile(file.id, metadata, { signal: options.signal });
}

/** Makes a locked file writable again, for a new revision. */
export async function unlock(file: DriveFile, { signal }: CallOptions, { api }: DriveContext): Promise<void> {
  if (isLocked(file)) await api.changeFile(file.id, { contentRestrictions: [{ readOnly: false }] }, { signal });
}

function isLocked({ contentRestrictions = [] }: DriveFile): boolean {
  return contentRestrictions.some(({ readOnly }) => readOnly === true);
}

/** https://developers.google.com/workspace/drive/api/guides/content-restrictions */
function lockMetadata({ settings }: DriveContext): FileMetadata {
  const { reason, ownerRestricted = true } = settings.lock ?? {};
  return { contentRestrictions: [{ readOnly: true, ownerRestricted, ...(reason !== undefined && { reason }) }] };
}
