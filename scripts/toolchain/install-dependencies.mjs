import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmRegistry } from './npm-registry.mjs';
import { runQuietly } from './run-quietly.mjs';

/**
 * Makes node_modules what the lockfile says, unless nothing that decides it has changed since the last time.
 *
 * @param {string} repository
 * @param {{ readonly environment: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 */
export async function installDependencies(repository, { environment }) {
  const stamp = join(repository, 'node_modules', '.installed');
  const wanted = fingerprint(repository);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  console.error('toolchain: installing dependencies');
  await runQuietly(['pnpm', 'install', '--frozen-lockfile'], {
    folder: repository,
    // With CI set pnpm asks no questions.
    environment: { ...environment, CI: 'true', ...(await npmRegistry(environment)) },
  });
  writeFileSync(stamp, wanted);
}

/**
 * Digest of everything that decides what lies in node_modules.
 *
 * @param {string} repository
 * @returns {string}
 */
function fingerprint(repository) {
  const digest = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.mjs', ...manifests(repository)]) {
    const path = join(repository, file);
    digest.update(`\0${file}\0`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return digest.digest('hex');
}

/** @param {string} repository */
function manifests(repository) {
  const members = ['packages', 'examples'].flatMap((parent) =>
    existsSync(join(repository, parent)) ? readdirSync(join(repository, parent)).map((name) => join(parent, name)) : [],
  );
  return ['.', 'docs', ...members].map((folder) => join(folder, 'package.json')).toSorted();
}
