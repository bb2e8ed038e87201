import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** The condition under which a package's exports point at its TypeScript source. */
const sourceCondition = '@spotdraft-archive/source';

interface PackageManifest {
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
}

// tsup runs inside each package, so one configuration serves them all: the entries are the package's own exports and programs.
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as PackageManifest;
const exported = Object.values(manifest.exports ?? {}).map((target) => target[sourceCondition]);
const programs = Object.values(manifest.bin ?? {}).map((built) => built.replace(/^(\.\/)?dist\/(.+)\.js$/, 'src/$2.ts'));

export default defineConfig({
  entry: [...exported, ...programs].filter((source) => source !== undefined),
  format: 'esm',
  target: 'node22',
  platform: 'node',
  clean: true,
  splitting: true,
  sourcemap: true,
  silent: true,
  // Some modules exist only with the prefix: node:sqlite.
  removeNodeProtocol: false,
  // tsup's own declarations do not work with TypeScript 7; tsc emits them.
  dts: false,
});
