import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ProgramOptions {
  /** Where it runs. */
  readonly directory: URL | string;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface RunningProgram {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves when it has printed more, or has ended. */
  printed(): Promise<unknown>;
  /** Its exit code and signal, once it has ended. */
  readonly ended: Promise<readonly [number | null, NodeJS.Signals | null]>;
}

export function startProgram([command, ...words]: readonly [string, ...string[]], options: ProgramOptions): RunningProgram {
  const { directory, environment } = options;
  const program = spawn(command, words, {
    cwd: directory instanceof URL ? fileURLToPath(directory) : directory,
    env: { ...process.env, ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => (output += String(text)));
  const ended = once(program, 'close').then(() => [program.exitCode, program.signalCode] as const);
  return {
    process: program,
    output: () => output,
    printed: () => Promise.race([once(program.stdout, 'data'), once(program.stderr, 'data'), ended]),
    ended,
  };
}
