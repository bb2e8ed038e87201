import type { PackageManifest } from './package-manifest.ts';

export interface Contents {
  readonly manifest: PackageManifest;
  /** Paths of the packed files below the package's folder, with slashes. */
  readonly files: readonly string[];
}

/** What is wrong with the contents of a packed package, apart from what publint and attw find. Empty when all is well. */
export function contentProblems({ manifest, files }: Contents): string[] {
  return [
    ...['README.md', 'LICENSE'].filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => !isExpected(file)).map((file) => `${file} does not belong into the package`),
    ...manifestProblems(manifest),
    ...targets(manifest)
      .filter((target) => !files.includes(target.replace(/^\.\//, '')))
      .map((target) => `${target} is exported and not in the package`),
  ];
}

/** What is wrong when packages that are released together differ in their version. Empty when all is well. */
export function versionProblems(manifests: readonly PackageManifest[]): string[] {
  const versions = new Set(manifests.map((manifest) => manifest.version));
  return versions.size <= 1 ? [] : [`all packages share one version, but there are ${[...versions].join(' and ')}`];
}

function isExpected(file: string): boolean {
  if (/\.test\./.test(file)) return false;
  return /^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(file) || /^dist\/.+\.(js|js\.map|d\.ts)$/.test(file);
}

function manifestProblems(manifest: PackageManifest): string[] {
  const problems: string[] = [];
  if (!manifest.description) problems.push('package.json: "description" is missing');
  if (!manifest.keywords?.includes('spotdraft')) problems.push('package.json: "keywords" does not name spotdraft');
  if (manifest.license !== 'MIT') problems.push('package.json: "license" is not MIT');
  if (manifest.type !== 'module') problems.push('package.json: "type" is not module');
  if (manifest.engines?.['node'] !== '>=22.13') problems.push('package.json: "engines" does not ask for Node >=22.13');
  const text = JSON.stringify(manifest);
  if (text.includes('@spotdraft-archive/source'))
    problems.push('package.json: the source condition of this repository is still in "exports"');
  if (text.includes('"workspace:')) problems.push('package.json: a dependency still points into this workspace');
  return problems;
}

function targets(manifest: PackageManifest): string[] {
  const exported = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  return [...exported, ...Object.values(manifest.bin ?? {})];
}
