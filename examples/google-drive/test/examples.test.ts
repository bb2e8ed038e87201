import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auth, drive as driveService } from '@googleapis/drive';
import { createSpotDraftClient, type SpotDraftClient } from '@spotdraft-archive/core';
import {
  type GoogleDriveEmulator,
  type SpotDraftEmulator,
  startGoogleDriveEmulator,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveWithGoogleClient } from '../src/with-google-client.ts';
import { archiveWithServiceAccount } from '../src/with-service-account.ts';

let source: SpotDraftEmulator;
let emulator: GoogleDriveEmulator;
let spotdraft: SpotDraftClient;

beforeEach(async () => {
  source = await startSpotDraftEmulator();
  emulator = await startGoogleDriveEmulator();
  spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
});
afterEach(() => Promise.all([source.stop(), emulator.stop()]));

it('archives with the Google client of the host', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const client = new auth.OAuth2();
  client.setCredentials({ access_token: emulator.accessToken });
  const drive = driveService({ version: 'v3', auth: client });
  const result = await archiveWithGoogleClient(id, { spotdraft, drive, folderId: emulator.folderId, baseUrl: emulator.url });
  expect(emulator.state.files.map((file) => file.id)).toEqual([result.receipts.drive?.id]);
});

it('archives with a service account into a shared drive', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const key = emulator.createServiceAccount();
  const folderId = emulator.state.createSharedDrive('Contracts', { [key.client_email]: 'fileOrganizer' });
  const directory = await mkdtemp(join(tmpdir(), 'drive-example-'));
  const keyFile = join(directory, 'key.json');
  try {
    await writeFile(keyFile, JSON.stringify(key));
    const options = { spotdraft, keyFile, folderId, baseUrl: emulator.url, tokenUrl: emulator.tokenUrl };
    const result = await archiveWithServiceAccount(id, options);
    expect(emulator.state.files.map((file) => file.id)).toEqual([result.receipts.drive?.id]);
  } finally {
    await rm(directory, { recursive: true });
  }
});
