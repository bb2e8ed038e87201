import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { drive_v3 as DriveV3 } from '@googleapis/drive';
import type { DriveHarness } from './drive-harness.ts';

const bytes = Buffer.alloc(300_000, 'spotdraft\r\n--');
const sha256 = createHash('sha256').update(bytes).digest('hex');

/** Uploads, lists, changes, describes and downloads a file through a client that Google wrote. Answers what it told. */
export async function vendorRoundTrip(drive: DriveV3.Drive, { emulator }: DriveHarness) {
  const { data: created } = await drive.files.create(
    {
      requestBody: { name: 'Agreement.pdf', parents: [emulator.folderId], appProperties: { key: 'a' } },
      media: { mimeType: 'application/pdf', body: Readable.from([bytes.subarray(0, 100_001), bytes.subarray(100_001)]) },
      fields: 'id,size,sha256Checksum',
    },
    // Uploads take the address from the call only.
    { rootUrl: `${emulator.url}/` },
  );
  const fileId = created.id ?? '';
  emulator.state.index.settle();
  const { data: listed } = await drive.files.list({
    q: "name = 'Agreement.pdf' and appProperties has { key='key' and value='a' }",
    fields: 'files(id,name,mimeType)',
  });
  await drive.files.update({ fileId, requestBody: { appProperties: { other: 'b' } } });
  const { data: described } = await drive.files.get({ fileId, fields: 'appProperties,parents' });
  const { data: content } = await drive.files.get({ fileId, alt: 'media' }, { responseType: 'arraybuffer' });
  const isSame = Buffer.from(content as unknown as ArrayBuffer).equals(bytes);
  return { created, listed: listed.files, described, isSame };
}

/** What a round trip has to tell. */
export function expectedRoundTrip({ emulator }: DriveHarness) {
  const id = emulator.state.files[0]?.id;
  return {
    created: { id, size: String(bytes.length), sha256Checksum: sha256 },
    listed: [{ id, name: 'Agreement.pdf', mimeType: 'application/pdf' }],
    described: { appProperties: { key: 'a', other: 'b' }, parents: [emulator.folderId] },
    isSame: true,
  };
}
