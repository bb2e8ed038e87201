import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a process may keep, in megabytes. One whose memory grew with the number of contracts would not come to its end. */
const heapMegabytes = 64;

/** Runs a program beside this one in a process of its own, with a small heap, and reads the JSON that it prints last. */
export async function runInProcess<Result>(program: string, environment: Readonly<Record<string, string>>): Promise<Result> {
  const flags = [
    '--conditions=@spotdraft-archive/source',
    '--no-warnings',
    `--max-old-space-size=${heapMegabytes}`,
    // V8 counts what it keeps for new objects too, and with its usual 32 MB it would do nothing but collect garbage.
    '--max-semi-space-size=8',
    fileURLToPath(new URL(program, import.meta.url)),
  ];
  const { stdout } = await execute(process.execPath, flags, { env: { ...process.env, ...environment } });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result;
}
