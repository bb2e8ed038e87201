import { type DestinationCapabilities, windowsForbiddenCharacters, windowsReservedNames } from '@spotdraft-archive/core/destination';
import { invalidOption } from './options.ts';
import { quickXorHash } from './quick-xor-hash.ts';

/** Longest path in characters, decoded, with everything after the host name. */
const maxWholePathLength = 400;

/** What SharePoint and OneDrive have in common. Each adds what differs. */
export const commonCapabilities: Omit<
  DestinationCapabilities,
  'keyLookup' | 'resumableFromBytes' | 'altersMediaTypes' | 'metadata' | 'properties'
> = {
  atomicCreate: 'by-path',
  duplicatePaths: false,
  hash: quickXorHash,
  maxBytes: 250 * 2 ** 30,
  keepsRevisions: true,
  naming: {
    forbiddenCharacters: windowsForbiddenCharacters,
    reservedNames: [...windowsReservedNames, '.lock', 'desktop.ini'],
    reservedRootNames: ['forms'],
    forbiddenPrefixes: ['~', ' '],
    forbiddenFragments: ['_vti_'],
    forbiddenEndings: '. ',
    supportsAstralCharacters: true,
    maxNameLength: 250,
    maxPathLength: 250,
    lengthUnit: 'utf16',
    caseSensitive: false,
  },
  sources: {
    atomicCreate: 'https://learn.microsoft.com/graph/api/driveitem-put-content',
    duplicatePaths: 'https://learn.microsoft.com/graph/api/driveitem-put-content',
    resumableFromBytes: 'https://learn.microsoft.com/graph/api/driveitem-createuploadsession',
    hash: 'https://learn.microsoft.com/graph/api/resources/hashes',
    keepsRevisions: 'https://learn.microsoft.com/graph/api/driveitem-list-versions',
    naming:
      'https://support.microsoft.com/office/restrictions-and-limitations-in-onedrive-and-sharepoint-64883a5d-228e-48f5-b3d2-eb39e07630fa',
    maxBytes: 'https://learn.microsoft.com/office365/servicedescriptions/sharepoint-online-service-description/sharepoint-online-limits',
  },
};

/** No document's path should have to fit into less. */
const minPathLength = 120;

/** Longest path below a folder of so many characters. Throws `ConfigurationError` when too little is left. */
export function pathLengthBelow(charactersAbove: number, provider: string): number {
  const left = maxWholePathLength - charactersAbove - 1;
  if (left >= minPathLength) return left;
  throw invalidOption(
    `${provider}: "path" is too deep.`,
    'A path has at most 400 characters, site and library included. Choose a folder higher up.',
  );
}

/** Columns of the kind "single line of text" take 255 characters. */
export const columnLimits: DestinationCapabilities['properties'] = { maxCount: 40, maxValueBytes: 255 };
