import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ExampleOptions {
  /** The example's folder. */
  readonly directory: URL;
  /** Below that folder. @default 'src/main.ts' */
  readonly program?: string | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

export interface RunningExample {
  readonly url: string;
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Tells it to end, and answers its exit code and signal. */
  stop(): Promise<readonly [number | null, NodeJS.Signals | null]>;
}

/** Starts an example as a user would: in a process of its own, on a free port. */
export async function startExample({ directory, program = 'src/main.ts', environment }: ExampleOptions): Promise<RunningExample> {
  const example = spawn(process.execPath, ['--conditions=@spotdraft-archive/source', '--no-warnings', program], {
    cwd: fileURLToPath(directory),
    env: { ...process.env, ...environment, PORT: '0', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  example.stdout.on('data', (text) => (output += String(text)));
  example.stderr.on('data', (text) => (output += String(text)));
  const port = await readPort(example, () => output);
  return {
    url: `http://localhost:${port}`,
    process: example,
    output: () => output,
    async stop() {
      if (example.exitCode === null && example.signalCode === null) {
        example.kill('SIGTERM');
        await once(example, 'exit');
      }
      return [example.exitCode, example.signalCode];
    },
  };
}

async function readPort(example: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const port = /Listening on [^]*?port: (\d+)/.exec(output())?.[1];
    if (port !== undefined) return port;
    await Promise.race([once(example.stdout ?? example, 'data'), once(example, 'exit')]);
    if (example.exitCode !== null) throw new Error(`The example ended before it listened:\n${output()}`);
  }
}
