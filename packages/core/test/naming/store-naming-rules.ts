import type { NamingRules } from '../../src/destination/naming-rules.ts';
import { windowsForbiddenCharacters, windowsReservedNames } from '../../src/destination/windows-names.ts';

const permissive: NamingRules = {
  forbiddenCharacters: '',
  reservedNames: [],
  forbiddenPrefixes: [],
  forbiddenFragments: [],
  forbiddenEndings: '',
  supportsAstralCharacters: true,
  maxNameLength: 255,
  maxPathLength: 4096,
  lengthUnit: 'utf16',
  caseSensitive: true,
};

const microsoft: NamingRules = {
  ...permissive,
  forbiddenCharacters: windowsForbiddenCharacters,
  reservedNames: ['.lock', 'desktop.ini', ...windowsReservedNames],
  forbiddenPrefixes: ['~'],
  forbiddenFragments: ['_vti_'],
  forbiddenEndings: '. ',
  reservedRootNames: ['forms'],
  maxPathLength: 380,
  caseSensitive: false,
};

/** What the stores and file systems accept, as their adapters would put it. */
export const storeNamingRules: Readonly<Record<string, NamingRules>> = {
  'Google Drive': permissive,
  Dropbox: {
    ...permissive,
    forbiddenCharacters: '\\',
    reservedNames: ['desktop.ini', 'thumbs.db', '.ds_store', '.dropbox', '.dropbox.attr', '.dropbox.cache'],
    forbiddenPrefixes: ['~$', '.~'],
    forbiddenEndings: ' .',
    supportsAstralCharacters: false,
    caseSensitive: false,
  },
  Box: { ...permissive, forbiddenCharacters: '\\<>:|?*"', forbiddenEndings: ' ', caseSensitive: false },
  SharePoint: microsoft,
  'OneDrive personal with a sidecar': { ...microsoft, maxNameLength: 250, maxPathLength: 395 },
  'a folder on Windows with a long root': {
    ...permissive,
    forbiddenCharacters: windowsForbiddenCharacters,
    reservedNames: windowsReservedNames,
    forbiddenEndings: '. ',
    maxPathLength: 120,
    caseSensitive: false,
  },
  'a folder on Linux': { ...permissive, maxPathLength: 3000, lengthUnit: 'utf8-bytes' },
  'a folder on macOS': { ...permissive, forbiddenCharacters: ':', maxPathLength: 900, lengthUnit: 'code-points', caseSensitive: false },
};
