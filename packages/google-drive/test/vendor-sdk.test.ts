import { drive as driveService } from '@googleapis/drive';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { OAuth2Client } from 'google-auth-library';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DriveHarness, driveHarness } from './drive-harness.ts';
import { expectedRoundTrip, vendorRoundTrip } from './vendor-round-trip.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness();
});
afterEach(() => harness.cleanup?.());

/** Google's own client, on the emulator. */
function vendorClient() {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: harness.emulator.accessToken });
  return driveService({ version: 'v3', auth, rootUrl: `${harness.emulator.url}/` });
}

it("serves Google's own client: upload, list, metadata, download", async () => {
  expect(await vendorRoundTrip(vendorClient(), harness)).toEqual(expectedRoundTrip(harness));
});

it("shows Google's own client what the adapter stored", async () => {
  const document = sampleDocument(harness.destination);
  const { copy } = await harness.destination.put(document);
  const { data } = await vendorClient().files.get({ fileId: copy.id, fields: 'name,size,appProperties' });
  expect(data).toMatchObject({ name: document.path.name, size: String(document.size), appProperties: { spotdraftKey: document.key } });
});
