import { type DestinationCapabilities, sha256 } from '@spotdraft-archive/core/destination';
import { ownName } from './index-layout.ts';

/** What a folder can do. The names are those that Windows, macOS and Linux all take, so that an archive can be moved between them. */
export const capabilities: DestinationCapabilities = {
  keyLookup: 'immediate',
  atomicCreate: 'by-path',
  duplicatePaths: false,
  resumableFromBytes: false,
  hash: sha256,
  maxBytes: 16 * 2 ** 40,
  naming: {
    forbiddenCharacters: '<>:"/\\|?*',
    reservedNames: ['.', '..', 'CON', 'PRN', 'AUX', 'NUL', 'CONIN$', 'CONOUT$', ...portNames('COM'), ...portNames('LPT')],
    forbiddenPrefixes: [ownName],
    forbiddenFragments: [],
    forbiddenEndings: '. ',
    supportsAstralCharacters: true,
    maxNameLength: 255,
    maxPathLength: 700,
    lengthUnit: 'utf8-bytes',
    caseSensitive: false,
  },
  altersMediaTypes: [],
  metadata: 'sidecar',
  properties: { maxCount: 1_000, maxValueBytes: 65_536 },
  sources: {
    atomicCreate: 'https://man7.org/linux/man-pages/man2/link.2.html',
    naming: 'https://learn.microsoft.com/windows/win32/fileio/naming-a-file',
    'naming.maxPathLength': 'https://man7.org/linux/man-pages/man7/path_resolution.7.html',
    maxBytes: 'https://docs.kernel.org/filesystems/ext4/overview.html',
  },
};

/** Windows takes the superscript digits for digits here. */
function portNames(device: string): string[] {
  return Array.from('0123456789¹²³', (digit) => device + digit);
}
