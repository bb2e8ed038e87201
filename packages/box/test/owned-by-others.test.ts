import { sampleDocument } from '@spotdraft-archive/testkit';
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoxHarness, boxHarness, destinationOn } from './box-harness.ts';

const ownerId = '11';

let harness: BoxHarness;
beforeEach(async () => {
  harness = await boxHarness();
});
afterEach(() => harness.cleanup?.());

/** Box, as one of its users sees it. */
function clientOf(userId: string): BoxClient {
  const { urls, state } = harness.emulator;
  const auth = new BoxDeveloperTokenAuth({ token: state.accounts.issueToken(userId).token });
  return new BoxClient({ auth }).withCustomBaseUrls({ baseUrl: urls.api, uploadUrl: `${urls.upload}/api`, oauth2Url: urls.api });
}

describe('a folder that somebody else owns', () => {
  it.each([3_000, 400_000])('takes %i bytes from a service account that is its Editor; they are the owner’s', async (size) => {
    const { destination, emulator } = harness;
    expect((await destination.check()).ok).toBe(true);
    const document = sampleDocument(destination, { size });
    const { copy } = await destination.put(document);
    const seenByOwner = await clientOf(ownerId).files.getFileById(copy.id, {
      queryParams: { fields: ['owned_by', 'sha1', 'path_collection'] },
    });
    expect(seenByOwner).toMatchObject({ ownedBy: { id: ownerId }, sha1: document.hash });
    expect(emulator.state.ownerOf(emulator.folderId)).toBe(ownerId);
  });

  it('lets its Editor replace, share and read back', async () => {
    const destination = destinationOn(harness.emulator, { link: 'company' });
    const old = sampleDocument(destination);
    const { copy } = await destination.put(old);
    const fresh = sampleDocument(destination, { key: old.key, path: old.path });
    const { copy: replaced } = await destination.put(fresh, { ifExists: 'replace', replaces: copy });
    expect(replaced).toMatchObject({ id: copy.id, hash: fresh.hash });
    const read = await new Response(await destination.open(copy.id)).arrayBuffer();
    expect(read.byteLength).toBe(fresh.size);
  });

  it('may lie below others that the service account does not see', async () => {
    const { emulator } = harness;
    const { state } = emulator;
    const legal = state.createFolder('0', 'Legal', ownerId);
    const { id: folderId } = state.createFolder(legal.id, 'Signed');
    state.invite(folderId, { role: 'editor' });
    const destination = destinationOn(emulator, { folderId });
    const document = sampleDocument(destination);
    const { copy } = await destination.put(document);
    expect(copy.path).toEqual(document.path);
    expect(await destination.find({ key: document.key })).toEqual(copy);
    expect(await destinationOn(emulator, { folderId: legal.id }).check()).toMatchObject({ ok: false });
  });

  it.each(['viewer', 'previewer'] as const)('takes nothing from a %s, and says what to do', async (role) => {
    const { destination, emulator } = harness;
    emulator.state.invite(emulator.folderId, { role });
    const refused = { code: 'destination.forbidden', recovery: 'operator', hint: expect.stringContaining('as Editor') };
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject(refused);
    await expect(destination.put(sampleDocument(destination, { size: 400_000 }))).rejects.toMatchObject(refused);
    expect((await destination.check()).findings.at(-1)).toMatchObject({ subject: 'folder', ok: false, hint: refused.hint });
  });

  it('is not there for a service account that nobody invited, which is told what to do', async () => {
    const { destination, emulator } = harness;
    emulator.state.uninvite(emulator.folderId);
    const refused = { code: 'destination.folder_not_found', recovery: 'operator', hint: expect.stringContaining('as Editor') };
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject(refused);
    expect((await destination.check()).findings.at(-1)).toMatchObject({ subject: 'folder', ok: false, hint: refused.hint });
  });

  // Box lets them upload and write metadata, but not read, replace or remove anything.
  it.each(['previewer uploader', 'uploader'] as const)(
    'does not pass the check for a %s, whose copies could not be read or replaced',
    async (role) => {
      const { destination, emulator } = harness;
      const old = sampleDocument(destination);
      const { copy } = await destination.put(old);
      emulator.state.invite(emulator.folderId, { role });
      const hint: unknown = expect.stringContaining('as Editor');
      expect((await destination.check()).findings.at(-1)).toMatchObject({ subject: 'folder', ok: false, hint });
      const refused = { code: 'destination.forbidden', recovery: 'operator', hint };
      await expect(destination.open(copy.id)).rejects.toMatchObject(refused);
      const fresh = sampleDocument(destination, { key: old.key, path: old.path });
      await expect(destination.put(fresh, { ifExists: 'replace', replaces: copy })).rejects.toMatchObject(refused);
    },
  );

  it('finishes what it could not stamp once the service account is Editor', async () => {
    const { destination, emulator } = harness;
    const document = sampleDocument(destination);
    await destination.stat('1');
    emulator.onRequest(({ path }, phase) => {
      if (phase === 'before-effect' && path.includes('/metadata/')) emulator.state.invite(emulator.folderId, { role: 'viewer' });
    });
    await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.forbidden' });
    expect(emulator.state.listPaths()).toEqual([document.path]);
  });
});
