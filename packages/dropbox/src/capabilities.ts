import { type DestinationCapabilities, windowsForbiddenCharacters, windowsReservedNames } from '@spotdraft-archive/core/destination';
import { dropboxContentHash } from './content-hash.ts';
import type { DropboxSettings } from './options.ts';

/** What Dropbox can do, with these settings. */
export function capabilitiesOf({ access, pieceBytes }: Pick<DropboxSettings, 'access' | 'pieceBytes'>): DestinationCapabilities {
  const isAppFolder = access === 'app-folder';
  return {
    // Dropbox does not say how long its search for properties lags.
    keyLookup: isAppFolder ? 'path-only' : 'eventual',
    atomicCreate: 'by-path',
    duplicatePaths: false,
    resumableFromBytes: pieceBytes,
    hash: dropboxContentHash,
    maxBytes: 2 ** 41 - 2 ** 22,
    keepsRevisions: true,
    naming: {
      // Dropbox itself refuses the backslash only; the others keep a file from being synchronised to Windows.
      forbiddenCharacters: `${windowsForbiddenCharacters}\x7f`,
      reservedNames: [
        ...windowsReservedNames,
        'desktop.ini',
        'thumbs.db',
        '.ds_store',
        'icon\r',
        '.dropbox',
        '.dropbox.attr',
        '.dropbox.cache',
      ],
      reservedRootNames: [metadataFolder],
      forbiddenPrefixes: ['~$', '.~'],
      forbiddenFragments: [],
      forbiddenEndings: '. ',
      supportsAstralCharacters: false,
      maxNameLength: 255,
      maxPathLength: 1_024,
      lengthUnit: 'utf8-bytes',
      caseSensitive: false,
    },
    altersMediaTypes: [],
    metadata: isAppFolder ? 'sidecar' : 'native',
    properties: { maxCount: 30, maxValueBytes: 1_024 },
    sources: {
      keyLookup: 'https://www.dropbox.com/developers/documentation/http/documentation#file_properties-properties-search',
      atomicCreate: 'https://www.dropbox.com/developers/documentation/http/documentation#files-upload',
      duplicatePaths: 'https://www.dropbox.com/developers/documentation/http/documentation#files-upload',
      resumableFromBytes: 'https://www.dropbox.com/developers/documentation/http/documentation#files-upload_session-start',
      hash: 'https://www.dropbox.com/developers/reference/content-hash',
      maxBytes: 'https://www.dropbox.com/developers/documentation/http/documentation#files-upload_session-finish',
      keepsRevisions: 'https://help.dropbox.com/delete-restore/version-history-overview',
      naming: 'https://help.dropbox.com/organize/file-names',
      metadata: 'https://developers.dropbox.com/file-properties-guide',
      properties: 'https://developers.dropbox.com/file-properties-guide',
    },
  };
}

/** Where an app that sees only a folder of its own keeps keys and metadata. */
export const metadataFolder = '.spotdraft-archive';
