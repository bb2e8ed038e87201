import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let repository: string;

/** Stands for a pnpm of the pinned version: notes each call, and makes the folder that an installation makes. */
const fakePnpm = `#!/bin/sh
if [ "$1" = --version ]; then echo 12.21.0; exit; fi
echo "$*" >> pnpm-calls
if [ -e broken ]; then echo 'the lockfile is outdated'; exit 1; fi
mkdir -p node_modules
`;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'with-toolchain-'));
  cpSync(import.meta.dirname, join(repository, 'scripts'), { recursive: true });
  mkdirSync(join(repository, 'programs'));
  writeFileSync(join(repository, 'programs', 'pnpm'), fakePnpm);
  chmodSync(join(repository, 'programs', 'pnpm'), 0o755);
  writeFileSync(join(repository, 'package.json'), JSON.stringify({ packageManager: 'pnpm@12.21.0' }));
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

describe.skipIf(process.platform === 'win32')('with-toolchain', () => {
  it('hands arguments over as they are, and ends with the exit code of the command', async () => {
    const ended = await run(['node', '-e', 'console.log(process.argv.slice(1).join("|")); process.exit(7)', 'a b', '$HOME', '--', '*']);
    expect(ended).toMatchObject({ output: 'a b|$HOME|--|*\n', code: 7 });
  });

  it('runs the command with the Node it chose and the programs of the repository first', async () => {
    const { output } = await run(['--', 'node', '-p', 'process.execPath + " " + process.env.PATH']);
    expect(output.startsWith(`${process.execPath} `)).toBe(true);
    expect(output).toContain(join(repository, 'node_modules', '.bin'));
  });

  it('installs dependencies once, and again after a manifest changed', async () => {
    await run(['true']);
    await run(['true']);
    expect(pnpmCalls()).toEqual(['install --frozen-lockfile']);
    mkdirSync(join(repository, 'packages', 'core'), { recursive: true });
    writeFileSync(join(repository, 'packages', 'core', 'package.json'), '{}');
    await run(['true']);
    expect(pnpmCalls()).toHaveLength(2);
  });

  it('shows what pnpm said when the installation fails, and does not run the command', async () => {
    writeFileSync(join(repository, 'broken'), '');
    const ended = await run(['node', '-e', 'console.log("ran")']);
    expect(ended).toMatchObject({ output: '', code: 1 });
    expect(ended.errors).toContain('the lockfile is outdated');
  });

  it('runs pnpm itself without installing first, so that it can renew the lockfile', async () => {
    await run(['pnpm', 'add', 'zod']);
    expect(pnpmCalls()).toEqual(['add zod']);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('passes %s on and lets the command finish', async (signal) => {
    const child = start([
      'node',
      '-e',
      `process.on('${signal}', () => process.exit(5)); console.log('ready'); setInterval(() => {}, 1000)`,
    ]);
    child.stdout?.once('data', () => child.kill(signal));
    expect((await endOf(child)).code).toBe(5);
  });

  it('ends by the signal that ended the command', async () => {
    expect(await run(['node', '-e', 'process.kill(process.pid, "SIGTERM")'])).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('names a command that does not exist', async () => {
    const ended = await run(['no-such-command']);
    expect(ended.code).toBe(1);
    expect(ended.errors).toContain('no-such-command');
  });
});

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

function run(command: readonly string[]): Promise<Ended> {
  return endOf(start(command));
}

function start(command: readonly string[]): ChildProcess {
  const path = `${join(repository, 'programs')}${delimiter}${process.env['PATH']}`;
  return spawn(process.execPath, [join(repository, 'scripts', 'with-toolchain.mjs'), ...command], {
    cwd: repository,
    env: { ...process.env, PATH: path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function endOf(child: ChildProcess): Promise<Ended> {
  let output = '';
  let errors = '';
  child.stdout?.on('data', (text) => (output += text));
  child.stderr?.on('data', (text) => (errors += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output, errors }));
  });
}

function pnpmCalls(): string[] {
  return readFileSync(join(repository, 'pnpm-calls'), 'utf8').trim().split('\n');
}
