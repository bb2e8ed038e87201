import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPnpmNewEnough } from './acceptable-versions.mjs';
import { installTool } from './install-tool.mjs';
import { runQuietly } from './run-quietly.mjs';

/**
 * The folder of a pnpm that fits our lockfile: fetched from the npm registry, or none when the one on PATH is new enough.
 *
 * @param {string} repository
 * @returns {Promise<string | undefined>}
 */
export async function findPnpm(repository) {
  const pinned = pinnedPnpm(repository);
  if (isPnpmNewEnough(await presentPnpm(), pinned)) return undefined;
  const programs = join('node_modules', '.bin');
  const folder = await installTool({ name: 'pnpm', version: pinned, program: join(programs, 'pnpm') }, { repository });
  return join(folder, programs);
}

/** @param {string} repository */
function pinnedPnpm(repository) {
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  return String(packageManager).replace(/^pnpm@/, '');
}

/** The version of the pnpm on PATH; empty when there is none. */
async function presentPnpm() {
  try {
    // Asked outside the repository: inside it, corepack and pnpm may fetch the version that package.json names before they answer.
    return (await runQuietly(['pnpm', '--version'], { folder: tmpdir() })).trim();
  } catch {
    return '';
  }
}
