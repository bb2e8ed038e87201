import { startProcess } from './start-process.mjs';

/** @type {readonly NodeJS.Signals[]} */
const forwardedSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command in this terminal and ends this process the way it ended: with its exit code, or by the signal that ended it.
 *
 * @param {readonly [string, ...string[]]} command
 * @param {{ readonly environment: NodeJS.ProcessEnv }} options
 * @returns {Promise<void>}
 */
export function runCommand(command, { environment }) {
  return new Promise((resolve, reject) => {
    const child = startProcess(command, { env: environment, stdio: 'inherit' });
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      // A terminal sends Ctrl-C to both processes, and a second one would make the command give up at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of forwardedSignals) process.on(signal, forward);
    const stopForwarding = () => {
      for (const signal of forwardedSignals) process.off(signal, forward);
    };
    child.on('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stopForwarding();
      if (signal !== null) process.kill(process.pid, signal);
      process.exitCode = code ?? 1;
      resolve();
    });
  });
}
