import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { testWebhookKey } from '@spotdraft-archive/testkit';

export interface RunningExample {
  readonly url: string;
  /** What it has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

/** Starts one of the examples as a user would: in a process of its own, on a free port. */
export async function startExample(name: string): Promise<RunningExample> {
  const example = spawn(process.execPath, ['--conditions=@spotdraft-archive/source', '--no-warnings', `src/${name}.ts`], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, PORT: '0', SPOTDRAFT_HMAC_KEY: testWebhookKey, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  example.stdout.on('data', (text) => (output += String(text)));
  example.stderr.on('data', (text) => (output += String(text)));
  const port = await readPort(example, () => output);
  return {
    url: `http://localhost:${port}`,
    output: () => output,
    async stop() {
      if (example.exitCode !== null || example.signalCode !== null) return;
      example.kill();
      await once(example, 'exit');
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
