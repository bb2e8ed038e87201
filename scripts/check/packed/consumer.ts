import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmRegistry } from '../../toolchain/npm-registry.mjs';
import { runQuietly } from '../../toolchain/run-quietly.mjs';
import type { PackedPackage } from './pack-packages.ts';
import { entrySpecifiers } from './package-manifest.ts';

/** A project outside of the repository that has installed the packages from their tarballs. */
export interface Consumer {
  readonly folder: string;
  /** Everything that it can import from the packages. */
  readonly specifiers: readonly string[];
  remove(): void;
}

/** What a project brings along that uses our packages: vitest is for the conformance suite of the testkit. */
const ownTools = ['@types/node', 'vitest'];

/**
 * Makes a project in a temporary folder and installs the packages from their tarballs, with their dependencies from pnpm's store.
 *
 * Optional peers are left out: a package must import and compile without them.
 */
export async function createConsumer(
  packages: readonly PackedPackage[],
  { repository }: { readonly repository: string },
): Promise<Consumer> {
  const folder = mkdtempSync(join(tmpdir(), 'spotdraft-archive-consumer-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]));
    const manifest = { name: 'consumer', private: true, type: 'module', dependencies: { ...tarballs, ...toolVersions(repository) } };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    // The packages ask for each other by version; they are not published yet. JSON is YAML as well.
    const settings = { packages: ['.'], overrides: tarballs, allowBuilds: { esbuild: false } };
    writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings));
    const environment = { ...process.env, CI: 'true', ...(await npmRegistry(process.env)) };
    await runQuietly(['pnpm', 'install', '--prefer-offline', '--no-frozen-lockfile'], { folder, environment });
    return { folder, specifiers: packages.flatMap(({ manifest: packed }) => entrySpecifiers(packed)), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function toolVersions(repository: string): Record<string, string> {
  const { devDependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  return Object.fromEntries(ownTools.map((name) => [name, devDependencies[name] ?? '*']));
}
