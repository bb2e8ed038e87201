// Next itself is not started: it would bring a compiler of 100 MB. What is called is what Next calls, with Next's own request class.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { NextRequest } from 'next/server.js';
import { expect, it, onTestFinished, vi } from 'vitest';
import { GET as getContract } from '../src/app/contracts/[contractId]/route.ts';
import { GET as getHealth } from '../src/app/health/route.ts';
import { POST } from '../src/app/webhooks/spotdraft/route.ts';
import { register } from '../src/instrumentation.ts';
import { archive } from '../src/lib/archive.ts';

it('archives a contract that a webhook tells of, and answers where it is', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'next-service-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const emulator = await startSpotDraftEmulator({
    allowHttpWebhooks: true,
    webhookFetch: (address, init) => POST(new NextRequest(new Request(address, init))),
  });
  onTestFinished(() => emulator.stop());
  const { url: baseUrl, clientId, clientSecret, state } = emulator;
  vi.stubEnv('NEXT_RUNTIME', 'nodejs');
  vi.stubEnv('SPOTDRAFT_BASE_URL', baseUrl);
  vi.stubEnv('SPOTDRAFT_CLIENT_ID', clientId);
  vi.stubEnv('SPOTDRAFT_CLIENT_SECRET', clientSecret);
  vi.stubEnv('DATA_DIR', directory);
  await register();
  onTestFinished(() => archive().stop());

  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: 'http://next.test/webhooks/spotdraft', activities: ['CONTRACT_EXECUTED'] });
  const { id } = state.createContract({ title: 'Mutual NDA' });
  state.execute(id);

  const read = async (): Promise<unknown> => {
    const request = new NextRequest(`http://next.test/contracts/${id}`);
    return (await getContract(request, { params: Promise.resolve({ contractId: id }) })).json();
  };
  await expect.poll(read, { timeout: 15_000 }).toMatchObject({ state: 'archived', receipts: { folder: { contractId: id } } });
  expect((await getHealth(new NextRequest('http://next.test/health'))).status).toBe(200);
});
