import { createSpotDraftClient, type SpotDraftClient } from '@spotdraft-archive/core';
import { type BoxEmulator, type SpotDraftEmulator, startBoxEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveWithBoxClient } from '../src/with-box-client.ts';
import { archiveWithClientCredentials } from '../src/with-client-credentials.ts';

let source: SpotDraftEmulator;
let emulator: BoxEmulator;
let spotdraft: SpotDraftClient;

beforeEach(async () => {
  source = await startSpotDraftEmulator();
  emulator = await startBoxEmulator();
  spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
});
afterEach(() => Promise.all([source.stop(), emulator.stop()]));

it('archives with the Box client of the host', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { folderId, urls, accessToken } = emulator;
  const client = new BoxClient({ auth: new BoxDeveloperTokenAuth({ token: accessToken }) });
  const result = await archiveWithBoxClient(id, { spotdraft, client, folderId, baseUrl: urls.api, uploadUrl: urls.upload });
  expect([...emulator.state.files.keys()]).toEqual([result.receipts.box?.id]);
});

it('archives with the keys of a Box app, for the collaborators of the folder', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { folderId, urls, clientId, clientSecret, enterpriseId } = emulator;
  const credentials = { clientId, clientSecret, enterpriseId };
  const result = await archiveWithClientCredentials(id, { spotdraft, credentials, folderId, baseUrl: urls.api, uploadUrl: urls.upload });
  const [file] = emulator.state.files.values();
  expect(file).toMatchObject({ id: result.receipts.box?.id, linkAccess: 'collaborators' });
});
