import { type DestinationCapabilities, sha1 } from '@spotdraft-archive/core/destination';
import type { BoxSettings } from './options.ts';

/** Chunked uploads need 20 MB at least; this is enough whichever megabyte is meant. https://developer.box.com/guides/uploads/chunked/ */
export const chunkedFromBytes = 20_971_520;

export interface CapabilitiesOptions {
  readonly chunkedFromBytes: number;
}

/** What Box can do, with the page each statement comes from. */
export function capabilitiesOf({ metadata }: Pick<BoxSettings, 'metadata'>, options: CapabilitiesOptions): DestinationCapabilities {
  return {
    keyLookup: metadata === 'enterprise' ? 'immediate' : 'path-only',
    atomicCreate: 'by-path',
    duplicatePaths: false,
    resumableFromBytes: options.chunkedFromBytes,
    hash: sha1,
    // The largest of all plans; a smaller plan refuses by itself.
    maxBytes: 500_000_000_000,
    keepsRevisions: true,
    naming: {
      // Refused or, worse, silently removed: the pages contradict each other, so all of them are left out.
      forbiddenCharacters: '\\<>:|?*"',
      reservedNames: ['.', '..'],
      forbiddenPrefixes: [' '],
      forbiddenFragments: [],
      forbiddenEndings: ' .',
      supportsAstralCharacters: false,
      maxNameLength: 255,
      maxPathLength: 1000,
      lengthUnit: 'utf16',
      caseSensitive: false,
    },
    altersMediaTypes: [],
    metadata: 'native',
    properties: { maxCount: 100, maxValueBytes: 1000 },
    sources: {
      keyLookup: 'https://developer.box.com/guides/metadata/queries/comparison',
      atomicCreate: 'https://developer.box.com/guides/uploads/check/',
      duplicatePaths: 'https://developer.box.com/guides/uploads/check/',
      resumableFromBytes: 'https://developer.box.com/guides/uploads/chunked/',
      hash: 'https://developer.box.com/guides/uploads/check/',
      maxBytes: 'https://developer.box.com/guides/uploads/',
      keepsRevisions: 'https://developer.box.com/reference/get-files-id-versions/',
      naming: 'https://developer.box.com/guides/files/limitations',
      metadata: 'https://developer.box.com/guides/metadata/',
      properties: 'https://developer.box.com/guides/metadata/',
    },
  };
}
