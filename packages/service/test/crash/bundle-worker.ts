import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The program of the worker processes, in a file of its own. */
export interface WorkerProgram {
  readonly file: string;
  readonly remove: () => Promise<void>;
}

/** Puts the worker and all that it imports into one file: a process that reads hundreds of TypeScript files takes a second to start. */
export async function bundleWorker(): Promise<WorkerProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-worker-'));
  const file = join(folder, 'worker.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
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
