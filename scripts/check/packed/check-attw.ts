import { runQuietly } from '../../toolchain/run-quietly.mjs';
import type { PackedPackage } from './pack-packages.ts';

/** Checks that TypeScript finds the right declarations for every entry of each package. Throws an error with attw's table of what it does not. */
export async function checkAttw(packages: readonly PackedPackage[]): Promise<string> {
  const withEntries = packages.filter(({ manifest }) => manifest.exports !== undefined);
  const failures: string[] = [];
  // One after the other: each holds a TypeScript compiler in memory.
  for (const { tarball, folder } of withEntries) {
    const command = ['attw', tarball, '--profile', 'esm-only', '--no-definitely-typed', '--no-color', '--no-emoji'] as const;
    await runQuietly(command, { folder }).catch((error: unknown) => failures.push(error instanceof Error ? error.message : String(error)));
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return `${withEntries.length} packages`;
}
