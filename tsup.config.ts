import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** The condition under which a package's exports point at its TypeScript source. */
const sourceCondition = '@spotdraft-archive/source';

interface PackageManifest {
  exports: Record<string, Record<string, string>>;
}

// tsup runs inside each package, so one configuration serves them all: the entries are the package's own exports.
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as PackageManifest;
const entries = Object.values(manifest.exports)
  .map((target) => target[sourceCondition])
  .filter((source): source is string => source !== undefined);

export default defineConfig({
  entry: entries,
  format: 'esm',
  target: 'node22',
  platform: 'node',
  clean: true,
  splitting: true,
  sourcemap: true,
  dts: false,
});
