import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { startExample } from '@spotdraft-archive-examples/support';
import { expect, it, onTestFinished } from 'vitest';

it('archives a contract that a webhook tells of, answers where it is, and ends when it is told to', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'express-service-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const emulator = await startSpotDraftEmulator({ allowHttpWebhooks: true });
  onTestFinished(() => emulator.stop());
  const { url: baseUrl, clientId, clientSecret, state } = emulator;
  const environment = {
    SPOTDRAFT_BASE_URL: baseUrl,
    SPOTDRAFT_CLIENT_ID: clientId,
    SPOTDRAFT_CLIENT_SECRET: clientSecret,
    DATA_DIR: directory,
  };
  const example = await startExample({ directory: new URL('..', import.meta.url), environment });
  onTestFinished(() => void example.process.kill('SIGKILL'));
  const { url } = example;
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
  expect(await read('/health')).toMatchObject({ status: 'ok' });
  expect((await fetch(`${url}/contracts/nonsense`)).status).toBe(400);

  expect(await example.stop()).toEqual([0, null]);
});
