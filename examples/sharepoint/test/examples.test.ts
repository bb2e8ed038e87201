import { ClientSecretCredential, type TokenCredentialOptions } from '@azure/identity';
import { createSpotDraftClient, type SpotDraftClient } from '@spotdraft-archive/core';
import {
  type MicrosoftGraphEmulator,
  type SpotDraftEmulator,
  startMicrosoftGraphEmulator,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { archiveWithAppSecret } from '../src/with-app-secret.ts';
import { archiveWithAzureIdentity } from '../src/with-azure-identity.ts';

let source: SpotDraftEmulator;
let emulator: MicrosoftGraphEmulator;
let spotdraft: SpotDraftClient;

beforeEach(async () => {
  source = await startSpotDraftEmulator();
  emulator = await startMicrosoftGraphEmulator();
  spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
});
afterEach(() => Promise.all([source.stop(), emulator.stop()]));

function filesInLibrary(): readonly string[] {
  return emulator.library.items.filter(({ content }) => content !== undefined).map(({ id }) => id);
}

it('archives with the secret of an app', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { tenantId, app, siteUrl, cloud } = emulator;
  const { clientId, clientSecret } = app;
  const result = await archiveWithAppSecret(id, { spotdraft, tenantId, clientId, clientSecret, siteUrl, cloud });
  expect(filesInLibrary()).toEqual([result.receipts.legal?.id]);
});

it('archives with a credential of the Azure SDK', async () => {
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const { tenantId, app, siteUrl, cloud } = emulator;
  // The SDK insists on https, so it reaches the emulator without a socket.
  const httpClient: TokenCredentialOptions['httpClient'] = {
    async sendRequest(request) {
      const { url, method, headers } = request;
      const response = await emulator.fetch(url, { method, headers: headers.toJSON(), body: (request.body as string | undefined) ?? null });
      return { request, status: response.status, headers, bodyAsText: await response.text() };
    },
  };
  const options: TokenCredentialOptions & { disableInstanceDiscovery: boolean } = { disableInstanceDiscovery: true, httpClient };
  const credential = new ClientSecretCredential(tenantId, app.clientId, app.clientSecret, options);
  const result = await archiveWithAzureIdentity(id, { spotdraft, credential, siteUrl, cloud });
  expect(filesInLibrary()).toEqual([result.receipts.legal?.id]);
});
