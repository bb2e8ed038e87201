import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type SpotDraftEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

let emulator: SpotDraftEmulator;
let directory: string;
beforeAll(async () => {
  emulator = await startSpotDraftEmulator({ rateLimit: false });
  directory = await mkdtemp(join(tmpdir(), 'local-folder-'));
});
afterAll(async () => {
  await emulator.stop();
  await rm(directory, { recursive: true });
});

async function runExample(): Promise<string[]> {
  const script = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const { clientId, clientSecret, url } = emulator;
  const env = { ...process.env, SPOTDRAFT_CLIENT_ID: clientId, SPOTDRAFT_CLIENT_SECRET: clientSecret, SPOTDRAFT_URL: url };
  const parameters = ['--conditions=@spotdraft-archive/source', '--no-warnings', script, '2026-01-01', directory];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { env });
  return stdout.trim().split('\n').toSorted();
}

it('archives what was executed since the day, and stores nothing twice when it runs again', async () => {
  const { state } = emulator;
  const recent = { status: 'EXECUTED', counterparties: ['Acme Inc'], executedAt: new Date('2026-02-01T10:00:00Z') } as const;
  state.addContract({ ...recent, title: 'Mutual NDA' });
  state.addContract({ ...recent, title: 'Order Form' });
  state.addContract({ ...recent, title: 'Old Lease', executedAt: new Date('2019-02-01T10:00:00Z') });
  state.addContract({ title: 'Draft' });

  const first = await runExample();
  expect(first).toHaveLength(2);
  expect(await runExample()).toEqual(first);
  const files = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.pdf'));
  expect(files).toHaveLength(2);
});
