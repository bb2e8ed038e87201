import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished } from 'vitest';

/** Starts the example as a user would, and answers its address. */
async function startExample(
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly example: ChildProcess }> {
  const example = spawn(process.execPath, ['--conditions=@spotdraft-archive/source', '--no-warnings', 'src/main.ts'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...environment, PORT: '0', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void example.kill('SIGKILL'));
  let output = '';
  example.stdout.on('data', (text) => (output += String(text)));
  for (;;) {
    const port = /Listening on [^]*?port: (\d+)/.exec(output)?.[1];
    if (port !== undefined) return { url: `http://localhost:${port}`, example };
    await Promise.race([once(example.stdout, 'data'), once(example, 'exit')]);
    if (example.exitCode !== null) throw new Error(`The example ended before it listened:\n${output}`);
  }
}

it('archives a contract that a webhook tells of, answers where it is, and ends when it is told to', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'express-service-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const emulator = await startSpotDraftEmulator({ allowHttpWebhooks: true });
  onTestFinished(() => emulator.stop());
  const { url: baseUrl, clientId, clientSecret, state } = emulator;
  const { url, example } = await startExample({
    SPOTDRAFT_BASE_URL: baseUrl,
    SPOTDRAFT_CLIENT_ID: clientId,
    SPOTDRAFT_CLIENT_SECRET: clientSecret,
    DATA_DIR: directory,
  });
  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: `${url}/webhooks/spotdraft`, activities: ['CONTRACT_EXECUTED'] });

  const { id } = state.createContract({ title: 'Mutual NDA', counterparties: ['Acme Inc'] });
  state.execute(id);
  const read = async (path: string): Promise<unknown> => (await fetch(`${url}${path}`)).json();
  await expect.poll(() => read(`/contracts/${id}`), { timeout: 15_000 }).toMatchObject({ state: 'archived' });

  const [contract] = (await read('/contracts?text=acme')) as { contractId: string; receipts: { folder: { path: string } } }[];
  expect(contract?.contractId).toBe(id);
  const copy = await readFile(join(directory, 'contracts', contract?.receipts.folder.path ?? ''));
  expect(copy.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await read('/health')).toEqual({ parked: [], deadLetters: [] });

  const ended = once(example, 'exit');
  example.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
