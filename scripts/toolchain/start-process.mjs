import { spawn } from 'node:child_process';

const onWindows = process.platform === 'win32';

/**
 * Starts a command found on PATH.
 *
 * @param {readonly [string, ...string[]]} command
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {import('node:child_process').ChildProcess}
 */
export function startProcess([program, ...programArguments], options) {
  if (!onWindows) return spawn(program, programArguments, options);
  // npm, pnpm and the programs of node_modules are command files there, which only a shell starts.
  return spawn([program, ...programArguments].map(quoted).join(' '), { ...options, shell: true });
}

/** @param {string} word */
function quoted(word) {
  return /^[\w@./:=+-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
