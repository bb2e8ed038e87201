import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@microsoft/microsoft-graph-client';
import { createSpotDraftClient, type SpotDraftClient } from '@spotdraft-archive/core';
import {
  type MicrosoftGraphEmulator,
  type SpotDraftEmulator,
  startMicrosoftGraphEmulator,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveWithGraphClient } from '../src/with-graph-client.ts';
import { archiveWithRefreshToken } from '../src/with-refresh-token.ts';

let source: SpotDraftEmulator;
let emulator: MicrosoftGraphEmulator;
let spotdraft: SpotDraftClient;

beforeEach(async () => {
  source = await startSpotDraftEmulator();
  emulator = await startMicrosoftGraphEmulator();
  spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
});
afterEach(() => Promise.all([source.stop(), emulator.stop()]));

it('archives with the Graph client of the host', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { work, cloud } = emulator;
  const client = Client.initWithMiddleware({ authProvider: { getAccessToken: async () => work.accessToken } });
  const result = await archiveWithGraphClient(id, { spotdraft, client, user: work.user, cloud });
  expect(work.drive.find(result.receipts.drive?.id ?? '')?.content).toBeDefined();
});

it('archives into a personal drive, and keeps the new refresh token', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { clientId, refreshToken } = emulator.createRefreshToken();
  const folder = await mkdtemp(join(tmpdir(), 'onedrive-example-'));
  const tokenFile = join(folder, 'refresh-token');
  try {
    await writeFile(tokenFile, refreshToken);
    const result = await archiveWithRefreshToken(id, { spotdraft, clientId, tokenFile, cloud: emulator.cloud });
    expect(emulator.personal.drive.find(result.receipts.drive?.id ?? '')?.content).toBeDefined();
    expect(await readFile(tokenFile, 'utf8')).not.toBe(refreshToken);
  } finally {
    await rm(folder, { recursive: true });
  }
});
