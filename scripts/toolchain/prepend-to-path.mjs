import { delimiter } from 'node:path';

/**
 * A copy of the environment in which programs of these folders come first. Folders that are undefined are left out.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly (string | undefined)[]} folders
 * @returns {NodeJS.ProcessEnv}
 */
export function prependToPath(environment, folders) {
  // Windows calls it Path, and a copy of the environment minds the case.
  const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const entries = [...folders, environment[name]].filter((entry) => entry !== undefined && entry !== '');
  return { ...environment, [name]: entries.join(delimiter) };
}
