import type { DocumentPath, DocumentToStore, StoredCopy } from '@spotdraft-archive/core/destination';
import { keyTooLong } from './errors.ts';
import type { GoogleDriveSettings } from './options.ts';
import type { DriveFile, FileMetadata } from './wire-types.ts';

/** Ours among the properties of a file. Several destinations may share a drive, so the folder is part of the address. */
export const keyProperty = 'spotdraftKey';
export const folderProperty = 'spotdraftFolder';

/** Name and value together. https://developers.google.com/workspace/drive/api/guides/properties */
const maxEntryBytes = 124;

/** The properties that travel with a document. Throws `destination.unsupported` for a key that is too long to be kept. */
export function propertiesOf({ key, properties }: DocumentToStore, { folderId, propertyField }: GoogleDriveSettings): FileMetadata {
  if (Buffer.byteLength(keyProperty + key) > maxEntryBytes) throw keyTooLong();
  return { [propertyField]: { ...properties, [keyProperty]: key, [folderProperty]: folderId } };
}

/** The key that a file carries for this destination. */
export function keyOf(file: DriveFile, { folderId, propertyField }: GoogleDriveSettings): string | undefined {
  const stamped = file[propertyField];
  return stamped?.[folderProperty] === folderId ? stamped[keyProperty] : undefined;
}

export interface CopyOptions {
  readonly settings: GoogleDriveSettings;
  readonly path?: DocumentPath | undefined;
  readonly twins?: readonly DriveFile[] | undefined;
}

/** A file as the contract describes it. */
export function toCopy(file: DriveFile, { settings, path, twins = [] }: CopyOptions): StoredCopy {
  const { [keyProperty]: _key, [folderProperty]: _folder, ...properties } = file[settings.propertyField] ?? {};
  return {
    id: file.id,
    revision: file.headRevisionId,
    path,
    size: file.size ?? 0,
    hash: file.sha256Checksum,
    key: keyOf(file, settings),
    properties,
    webUrl: settings.hasLinks ? file.webViewLink : undefined,
    ...(twins.length > 0 && { twins: twins.map(({ id }) => id) }),
  };
}
