// `npm test`: runs vitest, and ends with one plain line that people and machines can count on: `N passed, N failed, N skipped`.
// Arguments go to vitest: `npm test -- packages/core`, `npm test -- --coverage`.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { countTests, summaryLine, type TestCounts, type VitestReport } from './test-report.ts';

const repository = join(import.meta.dirname, '..');
const reportFile = join(repository, '.vitest.json');

/**
 * What the first process has compiled the others need not, and there are hundreds. It is made anew in each run, as it would grow with each:
 * some programs lie in a new folder every time.
 */
const compileCache = join(repository, 'node_modules', '.compile-cache');

rmSync(reportFile, { force: true });
rmSync(compileCache, { recursive: true, force: true });
const exitCode = await runVitest(process.argv.slice(2));
const counts = readCounts(exitCode);
console.log(summaryLine(counts));
process.exitCode = exitCode === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1;

function runVitest(vitestArguments: readonly string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...vitestArguments], {
    cwd: repository,
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...temporaryFolder() },
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Linux has a folder in memory, where the many small files of tests need not wait for a disk. */
function temporaryFolder(): { readonly TMPDIR?: string } {
  const [folder, neededBytes] = ['/dev/shm', 8 * 2 ** 30];
  if (process.env['TMPDIR'] !== undefined || !existsSync(folder)) return {};
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > neededBytes ? { TMPDIR: folder } : {};
}

function readCounts(code: number): TestCounts {
  // Without a report vitest itself did not come to its end.
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  return countTests(JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport, { exitCode: code });
}
