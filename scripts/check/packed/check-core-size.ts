import { join } from 'node:path';
import { build } from 'esbuild';
import type { PackedPackage } from './pack-packages.ts';

// docs/decisions/0009-the-size-of-core.md
const budgetBytes = 110_000;

/**
 * Bundles the main entry of core as a host's bundler does, minified and without its dependencies, and measures it. Throws an error with the
 * numbers when that is more than the budget.
 */
export async function checkCoreSize(packages: readonly PackedPackage[]): Promise<string> {
  const core = packages.find(({ name }) => name === '@spotdraft-archive/core');
  if (core === undefined) throw new Error('@spotdraft-archive/core was not packed');
  const { outputFiles } = await build({
    entryPoints: [join(core.folder, 'dist', 'index.js')],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    write: false,
    logLevel: 'silent',
  });
  const bytes = outputFiles[0]?.contents.byteLength ?? 0;
  const measured = `${kilobytes(bytes)} of ${kilobytes(budgetBytes)}, minified, without dependencies`;
  if (bytes === 0 || bytes > budgetBytes) throw new Error(`core takes ${measured}`);
  return measured;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
