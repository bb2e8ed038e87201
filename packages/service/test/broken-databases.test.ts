import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { memoryDestination, testWebhookKey } from '@spotdraft-archive/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';
import { engines } from './test-databases.ts';

function serviceOn(database: DatabaseOptions) {
  const service = createArchiveService({
    spotdraft: createSpotDraftClient({ baseUrl: 'http://127.0.0.1:1', source: 'test', clientId: 'id', clientSecret: 'secret' }),
    destinations: { drive: memoryDestination() },
    database,
    webhook: { keys: testWebhookKey },
  });
  onTestFinished(() => service.stop());
  return service;
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'archive-broken-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Nobody's permissions: root may write to everything, whatever a file's mode says. */
async function asOrdinaryUser<Result>(work: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a SQLite file', () => {
  it('that cannot be written to is refused at start, also when its tables are up to date', async () => {
    const dataDir = await newFolder();
    const earlier = serviceOn({ dataDir });
    await earlier.start();
    await earlier.stop();
    await chmod(join(dataDir, 'archive.sqlite'), 0o444);
    await chmod(dataDir, 0o555);
    const error = await asOrdinaryUser(() =>
      serviceOn({ dataDir })
        .start()
        .catch((reason: unknown) => reason),
    );
    await chmod(dataDir, 0o755);
    expect(error).toMatchObject({
      code: 'ledger.unavailable',
      message: 'The database of the archive service failed: it cannot be written to.',
      hint: expect.stringContaining('Let the user that runs the service write'),
    });
  });

  it('on a disk without room is refused at start, and what is there stays as it was', async () => {
    const dataDir = await newFolder();
    const earlier = serviceOn({ dataDir });
    await earlier.start();
    await earlier.stop();
    const { size } = await stat(join(dataDir, 'archive.sqlite'));
    // The shell lets the process write no file beyond one block, as a disk that has no room for more.
    const script = fileURLToPath(new URL('try-to-start.ts', import.meta.url));
    const start = [
      'ulimit -f 1; exec "$0" "$@"',
      process.execPath,
      '--no-warnings',
      '--conditions=@spotdraft-archive/source',
      script,
      dataDir,
    ];
    const { stdout } = await promisify(execFile)('sh', ['-c', ...start]);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'ledger.unavailable', hint: expect.stringContaining('disk is full') });
    expect((await stat(join(dataDir, 'archive.sqlite'))).size).toBe(size);
    await expect(serviceOn({ dataDir }).start()).resolves.toBeUndefined();
  });
});

const servers = engines.filter(({ name }) => name !== 'SQLite');

describe.each(servers)('a server of $name', (engine) => {
  it.each<[string, (url: URL) => void, string]>([
    ['that only reads', onlyReading, 'it cannot be written to'],
    ['without the database', (url) => Object.assign(url, { pathname: 'there_is_none' }), 'there is no such database'],
  ])('%s is refused at start', async (_title, change, problem) => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const url = new URL(database.connectionString ?? '');
    change(url);
    await expect(serviceOn({ connectionString: url.href }).start()).rejects.toMatchObject({
      code: 'ledger.unavailable',
      message: `The database of the archive service failed: ${problem}.`,
    });
  });
});

it('a server that hangs up without a word is called one that does not answer', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await expect(serviceOn({ connectionString: `postgres://archive@127.0.0.1:${port}/archive` }).start()).rejects.toMatchObject({
    code: 'ledger.unavailable',
    message: 'The database of the archive service failed: the server does not answer.',
  });
});

function onlyReading(url: URL): void {
  url.searchParams.set('options', `${url.searchParams.get('options')} -c default_transaction_read_only=on`);
}
