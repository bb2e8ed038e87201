import { type DestinationCapabilities, sha256 } from '@spotdraft-archive/core/destination';

/** What a memory destination can do unless it is told otherwise: all of it. */
export const memoryCapabilities: DestinationCapabilities = {
  keyLookup: 'immediate',
  atomicCreate: 'by-path',
  duplicatePaths: false,
  resumableFromBytes: 256 * 1024,
  hash: sha256,
  maxBytes: 2 ** 31,
  keepsRevisions: true,
  naming: {
    forbiddenCharacters: '',
    reservedNames: ['.', '..'],
    forbiddenPrefixes: [],
    forbiddenFragments: [],
    forbiddenEndings: '',
    supportsAstralCharacters: true,
    maxNameLength: 255,
    maxPathLength: 1_000,
    lengthUnit: 'code-points',
    caseSensitive: true,
  },
  altersMediaTypes: [],
  metadata: 'native',
  properties: { maxCount: 100, maxValueBytes: 1_000 },
  sources: { hash: 'https://nodejs.org/api/crypto.html' },
};
