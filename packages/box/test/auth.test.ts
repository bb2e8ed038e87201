import { Readable } from 'node:stream';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { BoxCcgAuth, BoxClient, BoxDeveloperTokenAuth, CcgConfig } from 'box-node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BoxAuth } from '../src/index.ts';
import { type BoxHarness, boxHarness, destinationOn } from './box-harness.ts';

let harness: BoxHarness;
beforeEach(async () => {
  harness = await boxHarness();
  const { state, folderId } = harness.emulator;
  state.invite(folderId, { userId: '77', role: 'editor' });
});
afterEach(() => harness.cleanup?.());

/** Box's own client, on the emulator. */
function vendorClient(auth: BoxClient['auth']): BoxClient {
  const { urls } = harness.emulator;
  return new BoxClient({ auth }).withCustomBaseUrls({ baseUrl: urls.api, uploadUrl: `${urls.upload}/api`, oauth2Url: urls.api });
}

function ccgAuth(): BoxCcgAuth {
  const { clientId, clientSecret, enterpriseId } = harness.emulator;
  return new BoxCcgAuth({ config: new CcgConfig({ clientId, clientSecret, enterpriseId }) });
}

const forms: Readonly<Record<string, () => BoxAuth>> = {
  'a token': () => harness.emulator.accessToken,
  'an async function': () => async () => harness.emulator.state.accounts.issueToken().token,
  'the keys of an app': () => ({
    clientId: harness.emulator.clientId,
    clientSecret: harness.emulator.clientSecret,
    enterpriseId: harness.emulator.enterpriseId,
  }),
  'the keys of an app and a user': () => ({
    clientId: harness.emulator.clientId,
    clientSecret: harness.emulator.clientSecret,
    userId: '77',
  }),
  'a BoxClient with client credentials': () => vendorClient(ccgAuth()),
  'a BoxClient with a developer token': () => vendorClient(new BoxDeveloperTokenAuth({ token: harness.emulator.accessToken })),
  'an auth object of box-node-sdk': () => new BoxDeveloperTokenAuth({ token: harness.emulator.accessToken }),
};

describe('auth', () => {
  it.each(Object.entries(forms))('takes %s', async (_title, auth) => {
    const destination = destinationOn(harness.emulator, { auth: auth() });
    const document = sampleDocument(destination);
    const { copy } = await destination.put(document);
    expect(copy).toMatchObject({ key: document.key, hash: document.hash });
  });

  it.each(['the keys of an app', 'a BoxClient with client credentials'])('gets one token for ten uploads at once with %s', async (form) => {
    const destination = destinationOn(harness.emulator, { auth: forms[form]!() });
    await Promise.all(Array.from({ length: 10 }, () => destination.put(sampleDocument(destination))));
    expect(harness.emulator.requests.count({ path: '/oauth2/token' })).toBe(1);
  });

  it.each(['the keys of an app', 'a BoxClient with client credentials'])(
    'gets a new token once when Box has revoked the old one, with %s',
    async (form) => {
      const destination = destinationOn(harness.emulator, { auth: forms[form]!() });
      await destination.put(sampleDocument(destination));
      harness.emulator.state.accounts.revokeTokens();
      await Promise.all(Array.from({ length: 5 }, () => destination.put(sampleDocument(destination))));
      expect(harness.emulator.requests.count({ path: '/oauth2/token' })).toBe(2);
    },
  );

  it('says which of the keys is wrong, and never shows them', async () => {
    const auth = { clientId: harness.emulator.clientId, clientSecret: 'not-the-secret', enterpriseId: '4711' };
    const error = await destinationOn(harness.emulator, { auth })
      .stat('1')
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'destination.unauthorized', recovery: 'operator', hint: expect.stringContaining('client secret') });
    expect(JSON.stringify(error)).not.toContain('not-the-secret');
  });

  it('tells that an admin has to authorise the app', async () => {
    harness.emulator.state.accounts.isAuthorised = false;
    const destination = destinationOn(harness.emulator, { auth: forms['the keys of an app']!() });
    await expect(destination.stat('1')).rejects.toMatchObject({ hint: expect.stringContaining('authorise') });
  });

  it('works as the user that a BoxClient was told to work as', async () => {
    const client = vendorClient(ccgAuth()).withAsUserHeader('77');
    const destination = destinationOn(harness.emulator, { auth: client });
    await destination.put(sampleDocument(destination));
    expect(harness.emulator.requests.list({ method: 'POST', origin: 'upload' })[0]?.headers['as-user']).toBe('77');
  });

  it('begins anew when the upload session belongs to another user', async () => {
    const document = sampleDocument(harness.destination, { size: 400_000 });
    let checkpoint: unknown;
    harness.emulator.faults.inject({ kind: 'status', status: 503, method: 'PUT', times: Number.POSITIVE_INFINITY });
    const saveCheckpoint = async (saved: unknown) => {
      checkpoint = saved;
    };
    await destinationOn(harness.emulator, { retry: { maxTries: 1 } })
      .put(document, { saveCheckpoint })
      .catch(() => undefined);
    harness.emulator.faults.clear();
    const other = destinationOn(harness.emulator, { auth: forms['the keys of an app and a user']!() });
    expect((await other.put(document, { checkpoint: checkpoint as never })).outcome).toBe('stored');
  });
});

describe("Box's own client", () => {
  it('uploads, lists, stamps, shares and downloads', async () => {
    const client = vendorClient(new BoxDeveloperTokenAuth({ token: harness.emulator.accessToken }));
    const { folderId } = harness.emulator;
    const bytes = Buffer.alloc(300_000, 'spotdraft\r\n--');
    const attributes = { name: 'Agreement.pdf', parent: { id: folderId } };
    const { entries } = await client.uploads.uploadFile({ attributes, file: Readable.from([bytes]) });
    const id = entries?.[0]?.id ?? '';
    const listed = await client.folders.getFolderItems(folderId);
    expect(listed.entries?.map((item) => item.id)).toEqual([id]);
    await client.fileMetadata.createFileMetadataById(id, 'global', 'properties', { key: 'a' });
    expect((await client.fileMetadata.getFileMetadataById(id, 'global', 'properties')).extraData).toMatchObject({ key: 'a' });
    const chunks: Buffer[] = [];
    for await (const chunk of (await client.downloads.downloadFile(id))!) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
  });

  it('uploads in parts', async () => {
    const client = vendorClient(new BoxDeveloperTokenAuth({ token: harness.emulator.accessToken }));
    const bytes = Buffer.alloc(500_000, 'parts');
    const file = await client.chunkedUploads.uploadBigFile(
      Readable.from([bytes]),
      'Large.pdf',
      bytes.byteLength,
      harness.emulator.folderId,
    );
    expect(file.size).toBe(bytes.byteLength);
  });

  it('sees what the adapter stored', async () => {
    const document = sampleDocument(harness.destination);
    const { copy } = await harness.destination.put(document);
    const client = vendorClient(new BoxDeveloperTokenAuth({ token: harness.emulator.accessToken }));
    const file = await client.files.getFileById(copy.id);
    expect(file).toMatchObject({ name: document.path.name, size: document.size, sha1: document.hash });
    const metadata = await client.fileMetadata.getFileMetadataById(copy.id, 'enterprise', 'spotDraftArchive');
    expect(metadata.extraData).toMatchObject({ archiveKey: document.key });
  });
});
