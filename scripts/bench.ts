// `npm run bench`: runs every program `packages/*/bench/*.bench.ts`, one after the other, on the packages' TypeScript source.
// `npm run bench -- dropbox` runs those whose path contains a given word. With BENCH_SCALE=0.05 they do a twentieth of their work, to see quickly
// whether they run.

import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '..');
const words = process.argv.slice(2);
const programs = globSync('packages/*/bench/*.bench.ts', { cwd: repository }).toSorted();
const chosen = programs.filter((path) => words.length === 0 || words.some((word) => path.includes(word)));

if (chosen.length === 0) throw new Error(`There is no such benchmark. There are: ${programs.join(', ') || 'none'}`);
for (const path of chosen) {
  console.log(`\n${path}`);
  if ((await run(path)) !== 0) process.exitCode = 1;
}

/** Runs a program alone, so that no other disturbs what it measures, and answers with its exit code. */
function run(path: string): Promise<number> {
  const flags = ['--conditions=@spotdraft-archive/source', '--expose-gc'];
  const child = spawn(process.execPath, [...flags, path], { cwd: repository, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}
