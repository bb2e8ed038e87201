import { createSpotDraftClient, type SpotDraftClient } from '@spotdraft-archive/core';
import { type DropboxEmulator, type SpotDraftEmulator, startDropboxEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { Dropbox } from 'dropbox';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveWithDropboxClient } from '../src/with-dropbox-client.ts';
import { archiveWithRefreshToken } from '../src/with-refresh-token.ts';

let source: SpotDraftEmulator;
let emulator: DropboxEmulator;
let spotdraft: SpotDraftClient;

beforeEach(async () => {
  source = await startSpotDraftEmulator();
  emulator = await startDropboxEmulator();
  spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
});
afterEach(() => Promise.all([source.stop(), emulator.stop()]));

const storedIds = () =>
  emulator.state
    .tree()
    .files.filter(({ path }) => path.startsWith('/Contracts/'))
    .map(({ id }) => id);

it('archives with the Dropbox client of the host', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const client = new Dropbox({ accessToken: emulator.accessToken, fetch: emulator.fetch });
  const result = await archiveWithDropboxClient(id, { spotdraft, client, baseUrls: emulator.urls });
  expect(storedIds()).toEqual([result.receipts.dropbox?.id]);
});

it('archives with a refresh token', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { appKey, appSecret, refreshToken } = emulator.state.app;
  const result = await archiveWithRefreshToken(id, { spotdraft, appKey, appSecret, refreshToken, baseUrls: emulator.urls });
  expect(storedIds()).toEqual([result.receipts.dropbox?.id]);
});
