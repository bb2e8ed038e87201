import { Dropbox } from 'dropbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHashOf } from '../src/content-hash.ts';
import { type EmulatedDropbox, emulatedDropbox, fetchFor } from './emulated-dropbox.ts';

describe("the emulator serves the vendor's own client", () => {
  let store: EmulatedDropbox;
  let client: Dropbox;

  beforeEach(async () => {
    store = await emulatedDropbox();
    const { appKey: clientId, appSecret: clientSecret, refreshToken } = store.emulator.state.app;
    client = new Dropbox({ clientId, clientSecret, refreshToken, fetch: fetchFor(store.emulator) });
  });
  afterEach(() => store.cleanup());

  const bytes = Buffer.from('%PDF-1.7 a small document %%EOF');

  it('upload, metadata, listing and download', async () => {
    const { result: uploaded } = await client.filesUpload({ path: '/A/Ärzte.pdf', contents: bytes });
    expect(uploaded.content_hash).toBe(contentHashOf(bytes));
    const { result: described } = await client.filesGetMetadata({ path: uploaded.id });
    expect(described).toMatchObject({ '.tag': 'file', path_display: '/A/Ärzte.pdf', size: bytes.byteLength });
    const { result: listed } = await client.filesListFolder({ path: '', recursive: true });
    expect(listed.entries.map((entry) => entry.path_display)).toEqual(['/A', '/A/Ärzte.pdf']);
    const { result: downloaded } = await client.filesDownload({ path: '/a/ärzte.PDF' });
    expect((downloaded as unknown as { fileBinary: Buffer }).fileBinary).toEqual(bytes);
  });

  it('pages of a listing', async () => {
    for (const name of ['a', 'b', 'c']) await client.filesUpload({ path: `/${name}.pdf`, contents: bytes });
    const { result: first } = await client.filesListFolder({ path: '', limit: 2 });
    const { result: rest } = await client.filesListFolderContinue({ cursor: first.cursor });
    expect([first.entries.length, first.has_more, rest.entries.length, rest.has_more]).toEqual([2, true, 1, false]);
  });

  it('an upload session', async () => {
    const { result: session } = await client.filesUploadSessionStart({ contents: bytes.subarray(0, 10) });
    await client.filesUploadSessionAppendV2({ cursor: { session_id: session.session_id, offset: 10 }, contents: bytes.subarray(10, 20) });
    const wrong = client.filesUploadSessionAppendV2({ cursor: { session_id: session.session_id, offset: 5 }, contents: bytes });
    await expect(wrong).rejects.toMatchObject({ status: 409, error: { error: { '.tag': 'incorrect_offset', correct_offset: 20 } } });
    const { result: file } = await client.filesUploadSessionFinish({
      cursor: { session_id: session.session_id, offset: 20 },
      commit: { path: '/Session.pdf' },
      contents: bytes.subarray(20),
    });
    expect(file.content_hash).toBe(contentHashOf(bytes));
  });

  it('a batch of upload sessions, of which one fails', async () => {
    const sessions = await Promise.all([1, 2].map(() => client.filesUploadSessionStart({ contents: bytes, close: true })));
    const [first, second] = sessions.map(({ result }) => result.session_id);
    const { result } = await client.filesUploadSessionFinishBatchV2({
      entries: [
        { cursor: { session_id: first ?? '', offset: bytes.byteLength }, commit: { path: '/one.pdf' } },
        { cursor: { session_id: second ?? '', offset: 3 }, commit: { path: '/two.pdf' } },
      ],
    });
    expect(result.entries.map((entry) => entry['.tag'])).toEqual(['success', 'failure']);
  });

  it('properties and their search', async () => {
    const { result: template } = await client.filePropertiesTemplatesAddForUser({
      name: 'Mine',
      description: 'A template',
      fields: [{ name: 'number', description: 'A number', type: { '.tag': 'string' } }],
    });
    const group = { template_id: template.template_id, fields: [{ name: 'number', value: '7' }] };
    const { result: file } = await client.filesUpload({ path: '/a.pdf', contents: bytes, property_groups: [group] });
    const { result: found } = await client.filePropertiesPropertiesSearch({
      queries: [{ query: '7', mode: { '.tag': 'field_name', field_name: 'number' } }],
    });
    expect(found.matches.map((match) => match.id)).toEqual([file.id]);
  });

  it('moving, deleting, folders and links', async () => {
    const { result: file } = await client.filesUpload({ path: '/a.pdf', contents: bytes });
    await client.filesCreateFolderV2({ path: '/B' });
    await client.filesMoveV2({ from_path: '/a.pdf', to_path: '/B/b.pdf' });
    const { result: link } = await client.sharingCreateSharedLinkWithSettings({
      path: file.id,
      settings: { audience: { '.tag': 'no_one' } },
    });
    expect(link.url).toMatch(/^https:/);
    await client.filesDeleteV2({ path: '/B' });
    await expect(client.filesGetMetadata({ path: file.id })).rejects.toMatchObject({ status: 409 });
  });
});
