import type { StoredBytes } from '../../emulator/index.ts';

export const folderMimeType = 'application/vnd.google-apps.folder';

/** What an account may do, from little to much. `fileOrganizer` is called content manager in the interface, `organizer` manager. */
export const roles = ['reader', 'commenter', 'writer', 'fileOrganizer', 'organizer', 'owner'] as const;
export type DriveRole = (typeof roles)[number];

/** One state of a file's content. */
export interface DriveRevision {
  readonly id: string;
  readonly bytes: StoredBytes;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  readonly modifiedTime: number;
  keepForever: boolean;
}

export interface ContentRestriction {
  readonly readOnly: boolean;
  readonly reason?: string | undefined;
  readonly ownerRestricted?: boolean | undefined;
}

/** A file or folder. The root of a shared drive is a folder whose id is the drive's. */
export interface DriveItem {
  readonly id: string;
  name: string;
  mimeType: string;
  description?: string | undefined;
  parents: string[];
  /** The shared drive it lies in; absent in somebody's My Drive. */
  driveId?: string | undefined;
  /** Absent in a shared drive. */
  readonly owner?: string | undefined;
  /** The Cloud project that created it: all that the scope `drive.file` shows. */
  readonly projectId: string;
  readonly properties: Map<string, string>;
  /** By Cloud project: each sees its own only. */
  readonly appProperties: Map<string, Map<string, string>>;
  /** Direct grants, by account. */
  readonly permissions: Map<string, DriveRole>;
  readonly createdTime: number;
  modifiedTime: number;
  version: number;
  isTrashed: boolean;
  contentRestrictions: readonly ContentRestriction[];
  /** Oldest first; empty for folders. */
  readonly revisions: DriveRevision[];
}

export function isFolder({ mimeType }: DriveItem): boolean {
  return mimeType === folderMimeType;
}

/** The content as it is now; nothing for folders. */
export function headRevision({ revisions }: DriveItem): DriveRevision | undefined {
  return revisions.at(-1);
}
