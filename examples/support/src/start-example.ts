import { type ProgramOptions, type RunningProgram, startProgram } from './start-program.ts';

export interface ExampleOptions extends ProgramOptions {
  /** Below that folder. @default 'src/main.ts' */
  readonly program?: string | undefined;
  /** A command that starts it, instead of the program. */
  readonly command?: readonly [string, ...string[]] | undefined;
}

export interface RunningExample extends RunningProgram {
  readonly url: string;
  /** Tells it to end, and answers its exit code and signal. */
  stop(): RunningProgram['ended'];
}

/** Starts an example as a user would: in a process of its own, on a free port. */
export async function startExample({ program = 'src/main.ts', command, ...options }: ExampleOptions): Promise<RunningExample> {
  const node = [process.execPath, '--conditions=@spotdraft-archive/source', '--no-warnings', program] as const;
  const running = startProgram(command ?? node, { ...options, environment: { ...options.environment, PORT: '0' } });
  const port = await readPort(running);
  return {
    ...running,
    url: `http://localhost:${port}`,
    stop() {
      running.process.kill('SIGTERM');
      return running.ended;
    },
  };
}

async function readPort(running: RunningProgram): Promise<string> {
  for (;;) {
    const [, ours, nexts] = /Listening on [^]*?port: (\d+)|Local: +http:\/\/localhost:(\d+)/.exec(running.output()) ?? [];
    const port = ours ?? nexts;
    if (port !== undefined) return port;
    await running.printed();
    if (running.process.exitCode !== null) throw new Error(`The example ended before it listened:\n${running.output()}`);
  }
}
