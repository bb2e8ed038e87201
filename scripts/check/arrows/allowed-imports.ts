/** The prefix of our own packages' names. */
const scope = '@spotdraft-archive/';

/**
 * Which of our packages each package may import, the arrows of the design: `core/destination` is one entry, `core/*` stands for every entry of
 * core. Packages of others are not listed: their package.json decides those.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  filesystem: ['core/destination'],
  'google-drive': ['core/destination'],
  dropbox: ['core/destination'],
  box: ['core/destination'],
  'microsoft-graph': ['core/destination'],
  sharepoint: ['core/destination', 'microsoft-graph/*'],
  onedrive: ['core/destination', 'microsoft-graph/*'],
  service: ['core/*'],
  testkit: ['core/*'],
  cli: ['*'],
};

/** What the tests of any package may import as well. */
const arrowsOfTests: readonly string[] = ['core/*', 'testkit/*', 'filesystem'];

/** What the tests of one package may import beyond that. */
const arrowsOfTestsOf: Readonly<Record<string, readonly string[]>> = { service: ['google-drive', 'dropbox', 'box'] };

export interface Importer {
  /** Folder below `packages/`. */
  readonly folder: string;
  readonly isTest: boolean;
}

/**
 * Why a package may not import a module of ours; undefined when it may, and for modules of others.
 *
 * `specifier` is undefined for a name that is computed while the program runs.
 */
export function refusal(specifier: string | undefined, importer: Importer): string | undefined {
  const allowed = arrows[importer.folder];
  if (allowed === undefined) return 'this package has no arrows yet: add it to scripts/check/arrows/allowed-imports.ts';
  const all = importer.isTest ? [...allowed, ...arrowsOfTests, ...(arrowsOfTestsOf[importer.folder] ?? [])] : allowed;
  if (all.includes('*')) return undefined;
  if (specifier === undefined) return importer.isTest ? undefined : 'a module name that is computed cannot be checked: write it out';
  if (!specifier.startsWith(scope)) return undefined;
  const entry = specifier.slice(scope.length);
  if (entry.split('/')[0] === importer.folder) {
    return importer.isTest ? undefined : 'a package imports itself by relative paths, which also work once it is built';
  }
  if (all.some((arrow) => covers(arrow, entry))) return undefined;
  return `${importer.folder} may import ${allowed.length === 0 ? 'none of our packages' : allowed.map((arrow) => scope + arrow).join(' and ')}`;
}

function covers(arrow: string, entry: string): boolean {
  if (!arrow.endsWith('/*')) return arrow === entry;
  const folder = arrow.slice(0, -2);
  return entry === folder || entry.startsWith(`${folder}/`);
}
