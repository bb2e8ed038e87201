// The package `googleapis` takes more than a second to load, so all that needs it is here.

import { createRequire } from 'node:module';
import type { drive } from '@googleapis/drive';
import type { GoogleAuth, JWT, OAuth2Client } from 'google-auth-library';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveWith, scopes, sharedDriveMember, transporterOptions } from './archive-with.ts';
import { type DriveHarness, driveHarness } from './drive-harness.ts';
import { expectedRoundTrip, vendorRoundTrip } from './vendor-round-trip.ts';

interface Google {
  readonly auth: {
    readonly GoogleAuth: typeof GoogleAuth;
    readonly JWT: typeof JWT;
    readonly OAuth2: typeof OAuth2Client;
  };
  readonly drive: typeof drive;
  options(defaults: { readonly auth?: OAuth2Client }): void;
}

// It declares every API of Google, 189 MB for each compiler to read. The two small packages that it is made of declare the same classes.
const { google } = createRequire(import.meta.url)('googleapis') as { readonly google: Google };

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness();
});
afterEach(() => harness.cleanup?.());

function jwt() {
  const { key, folderId } = sharedDriveMember(harness);
  const { client_email: email, private_key: pem } = key;
  return { client: new google.auth.JWT({ email, key: pem, scopes, transporterOptions: transporterOptions(harness) }), folderId };
}

function oauth2() {
  const { clientId, clientSecret, refreshToken } = harness.emulator.createRefreshToken();
  const client = new google.auth.OAuth2({ clientId, clientSecret, transporterOptions: transporterOptions(harness) });
  client.setCredentials({ refresh_token: refreshToken });
  return client;
}

describe('auth of googleapis', () => {
  afterEach(() => google.options({}));

  it('takes google.auth.GoogleAuth', async () => {
    const { key: credentials, folderId } = sharedDriveMember(harness);
    const clientOptions = { transporterOptions: transporterOptions(harness) };
    const auth = new google.auth.GoogleAuth({ credentials, scopes, clientOptions });
    expect(await archiveWith(harness, { auth, folderId })).toBe(2);
  });

  it('takes google.auth.JWT', async () => {
    const { client, folderId } = jwt();
    expect(await archiveWith(harness, { auth: client, folderId })).toBe(2);
  });

  it('takes google.auth.OAuth2', async () => {
    expect(await archiveWith(harness, { auth: oauth2(), folderId: harness.emulator.folderId })).toBe(2);
  });

  it('takes google.drive', async () => {
    const { client, folderId } = jwt();
    expect(await archiveWith(harness, { auth: google.drive({ version: 'v3', auth: client }), folderId })).toBe(2);
  });

  it('takes google.drive that has its credentials from google.options', async () => {
    google.options({ auth: oauth2() });
    expect(await archiveWith(harness, { auth: google.drive('v3'), folderId: harness.emulator.folderId })).toBe(2);
  });
});

it('serves google.drive: upload, list, metadata, download', async () => {
  const drive = google.drive({ version: 'v3', auth: oauth2(), rootUrl: `${harness.emulator.url}/` });
  expect(await vendorRoundTrip(drive, harness)).toEqual(expectedRoundTrip(harness));
});
