import type { Clock, RetryOptions } from '@spotdraft-archive/core/destination';
import type { Call, DriveApi } from './api.ts';
import type { DriveItem } from './drive-item.ts';
import type { DriveRoot } from './drive-root.ts';
import type { Folders } from './folders.ts';
import type { MetadataCarrier } from './metadata-carrier.ts';

export interface SealCall extends Call {
  /** False when an earlier attempt may have sealed the file already. */
  readonly isNew: boolean;
}

/** A drive of SharePoint or OneDrive, as the verbs use it: what is shared, and what differs as functions and data. */
export interface GraphDrive {
  readonly provider: string;
  readonly api: DriveApi;
  readonly carrier: MetadataCarrier;
  readonly folders: Folders;
  readonly pieceBytes: number;
  /** False on personal drives, where an open session leaves the name free. */
  readonly sessionsReserveNames: boolean;
  /** Media types of files that the store is known to rewrite. */
  readonly altersMediaTypes: readonly string[];
  /** Of the app behind `auth`, where it tells. */
  readonly clientId: string | undefined;
  readonly retry: RetryOptions | undefined;
  readonly clock: Clock;
  /** Finds the drive and the folder, once. */
  root(call: Call): Promise<DriveRoot>;
  /** What has to come last of all, such as a label that locks the file. Safe to repeat. */
  readonly seal?: ((item: DriveItem, root: DriveRoot, call: SealCall) => Promise<void>) | undefined;
}
