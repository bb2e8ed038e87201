import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { drive as driveService } from '@googleapis/drive';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { OAuth2Client } from 'google-auth-library';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DriveHarness, driveHarness } from './drive-harness.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness();
});
afterEach(() => harness.cleanup?.());

/** Google's own client, on the emulator. Its uploads take the address from the call only. */
function vendorClient() {
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: harness.emulator.accessToken });
  return {
    drive: driveService({ version: 'v3', auth, rootUrl: `${harness.emulator.url}/` }),
    call: { rootUrl: `${harness.emulator.url}/` },
  };
}

it("serves Google's own client: upload, list, metadata, download", async () => {
  const { drive, call } = vendorClient();
  const bytes = Buffer.alloc(300_000, 'spotdraft\r\n--');
  const created = await drive.files.create(
    {
      requestBody: { name: 'Agreement.pdf', parents: [harness.emulator.folderId], appProperties: { key: 'a' } },
      media: { mimeType: 'application/pdf', body: Readable.from([bytes.subarray(0, 100_001), bytes.subarray(100_001)]) },
      fields: 'id,size,sha256Checksum',
    },
    call,
  );
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(created.data).toEqual({ id: expect.any(String), size: '300000', sha256Checksum: sha256 });
  const fileId = created.data.id ?? '';
  harness.emulator.state.index.settle();

  const listed = await drive.files.list({ q: "name = 'Agreement.pdf' and appProperties has { key='key' and value='a' }" });
  expect(listed.data.files).toEqual([{ kind: 'drive#file', id: fileId, name: 'Agreement.pdf', mimeType: 'application/pdf' }]);

  await drive.files.update({ fileId, requestBody: { appProperties: { other: 'b' } } });
  const { data } = await drive.files.get({ fileId, fields: 'appProperties,parents,md5Checksum' });
  expect(data).toMatchObject({ appProperties: { key: 'a', other: 'b' }, parents: [harness.emulator.folderId] });

  const download = await drive.files.get({ fileId, alt: 'media' }, { responseType: 'arraybuffer' });
  expect(Buffer.from(download.data as unknown as ArrayBuffer).equals(bytes)).toBe(true);
});

it("shows Google's own client what the adapter stored", async () => {
  const document = sampleDocument(harness.destination);
  const { copy } = await harness.destination.put(document);
  const { data } = await vendorClient().drive.files.get({ fileId: copy.id, fields: 'name,size,appProperties' });
  expect(data).toMatchObject({ name: document.path.name, size: String(document.size), appProperties: { spotdraftKey: document.key } });
});
