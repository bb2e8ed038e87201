import { type DestinationCapabilities, sha256 } from '@spotdraft-archive/core/destination';

/** Bytes from which an upload goes in pieces: Google advises one request up to 5 MB. */
export const defaultResumableFromBytes = 5_000_001;

/** Properties of our own on every copy: the key, and the folder of the destination. */
const ownPropertyCount = 2;

/** What Google Drive can do. Drive itself takes any name; these rules keep the archive movable to other disks and readable in paths. */
export const capabilities: DestinationCapabilities = {
  keyLookup: 'eventual',
  atomicCreate: 'by-id',
  duplicatePaths: true,
  resumableFromBytes: defaultResumableFromBytes,
  hash: sha256,
  maxBytes: 5_120_000_000_000,
  keepsRevisions: true,
  naming: {
    forbiddenCharacters: '/',
    reservedNames: ['.', '..'],
    forbiddenPrefixes: [],
    forbiddenFragments: [],
    forbiddenEndings: ' ',
    supportsAstralCharacters: true,
    maxNameLength: 255,
    maxPathLength: 4000,
    lengthUnit: 'utf16',
    caseSensitive: true,
  },
  altersMediaTypes: [],
  metadata: 'native',
  properties: { maxCount: 30 - ownPropertyCount, maxValueBytes: 123, maxEntryBytes: 124 },
  sources: {
    keyLookup: 'https://github.com/kopia/kopia/issues/90',
    atomicCreate: 'https://developers.google.com/workspace/drive/api/guides/create-file',
    duplicatePaths: 'https://rclone.org/drive/',
    resumableFromBytes: 'https://developers.google.com/workspace/drive/api/guides/manage-uploads',
    hash: 'https://developers.google.com/workspace/drive/api/reference/rest/v3/files',
    maxBytes: 'https://developers.google.com/workspace/drive/api/guides/manage-uploads',
    keepsRevisions: 'https://developers.google.com/workspace/drive/api/guides/manage-revisions',
    metadata: 'https://developers.google.com/workspace/drive/api/guides/properties',
    naming: 'https://rclone.org/drive/#restricted-filename-characters',
    properties: 'https://developers.google.com/workspace/drive/api/guides/properties',
  },
};
