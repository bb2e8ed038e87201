import { runQuietly } from './run-quietly.mjs';

/**
 * The setting that makes pnpm use the registry that npm uses. pnpm reads fewer places than npm does: neither npm's global file nor its
 * environment variables.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ readonly pnpm_config_registry: string }>}
 */
export async function npmRegistry(environment) {
  const known = environment['pnpm_config_registry'];
  return { pnpm_config_registry: known ?? (await runQuietly(['npm', 'config', 'get', 'registry'], { folder: '.', environment })).trim() };
}
