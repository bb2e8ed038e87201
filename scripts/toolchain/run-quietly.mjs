import { startProcess } from './start-process.mjs';

/**
 * Runs a command and answers with what it printed. Rejects with everything it printed when it fails.
 *
 * @param {readonly [string, ...string[]]} command
 * @param {{ readonly folder: string, readonly environment?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>}
 */
export function runQuietly(command, { folder, environment = process.env }) {
  return new Promise((resolve, reject) => {
    const child = startProcess(command, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let answer = '';
    let everything = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      answer += text;
      everything += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      everything += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(answer);
      else reject(new Error(`${command.join(' ')} failed:\n${everything}`));
    });
  });
}
