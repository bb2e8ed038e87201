import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A program of a test, in a file of its own. */
export interface BundledProgram {
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** Puts a program and all that it imports into one file: a process that reads hundreds of TypeScript files takes a second to start. */
export async function bundleProgram(entryPoint: string): Promise<BundledProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-program-'));
  const file = join(folder, 'program.mjs');
  await build({
    entryPoints: [entryPoint],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@spotdraft-archive/source'],
    // pg tries to load it, and does without.
    external: ['pg-native'],
    // For what is written in CommonJS.
    banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}
