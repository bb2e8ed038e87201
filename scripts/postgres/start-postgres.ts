import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './find-postgres.ts';
import { findFreePort } from './free-port.ts';
import { postgresFolder } from './postgres-folder.ts';

/** A server that was started for a while. */
export interface StartedPostgres {
  readonly url: string;
  /** Ends it and removes its data. */
  readonly stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root. This is the user that owns nothing, on every Unix. */
const nobody = 65_534;

const startTimeoutMs = 30_000;

/** Speed for safety: what this server holds is thrown away. */
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200', 'unix_socket_directories='];

/** Starts a PostgreSQL server of its own, from an npm package, on a free port and in a temporary folder. */
export async function startPostgres(): Promise<StartedPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-postgres-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const { bin, user } = await readyToRun(folder);
    const data = join(folder, 'data');
    const options: SpawnOptions = { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] };
    await run(join(bin, 'initdb'), [`--pgdata=${data}`, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'], options);
    const port = await findFreePort();
    const flags = ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const server = watch(spawn(join(bin, 'postgres'), flags, options));
    const stop = async (): Promise<void> => {
      await server.end();
      await remove();
    };
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
    const giveUpAt = Date.now() + startTimeoutMs;
    while (!(await answers(url))) {
      if (server.hasEnded() || Date.now() > giveUpAt) {
        await stop();
        throw new Error(`PostgreSQL did not start:\n${server.errors()}`);
      }
      await delay(50);
    }
    return { url, stop };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Runnable {
  readonly bin: string;
  readonly user: Pick<SpawnOptions, 'uid' | 'gid'>;
}

/** Finds the programs, and the user to run them as. */
async function readyToRun(folder: string): Promise<Runnable> {
  const installed = await postgresFolder();
  if (process.getuid?.() !== 0) return { bin: join(installed, 'bin'), user: {} };
  // That user may not be able to read where root has its repositories.
  const copy = join(folder, 'postgres');
  await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
  await chown(folder, nobody, nobody);
  return { bin: join(copy, 'bin'), user: { uid: nobody, gid: nobody } };
}

interface Watched {
  readonly hasEnded: () => boolean;
  readonly errors: () => string;
  readonly end: () => Promise<void>;
}

function watch(child: ChildProcess): Watched {
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors = (errors + String(text)).slice(-4_000);
  });
  child.on('error', (error) => {
    errors += String(error);
  });
  const hasEnded = (): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  // Connections are broken off. https://www.postgresql.org/docs/current/server-shutdown.html
  const interrupt = (): boolean => child.kill('SIGINT');
  process.once('exit', interrupt);
  return {
    hasEnded,
    errors: () => errors,
    async end() {
      process.off('exit', interrupt);
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      interrupt();
      await ended;
    },
  };
}

async function run(program: string, flags: readonly string[], options: SpawnOptions): Promise<void> {
  const child = spawn(program, flags, options);
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += String(text);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${dirname(program)} could not make a database:\n${errors}`);
}
