import { Dropbox, DropboxAuth } from 'dropbox';
import { afterEach, describe, expect, it } from 'vitest';
import { type DropboxOptions, dropbox } from '../src/index.ts';
import { type EmulatedDropbox, emulatedDropbox, fetchFor } from './emulated-dropbox.ts';
import { documentFor } from './small-document.ts';

let store: EmulatedDropbox;

afterEach(() => store.cleanup());

const tokenRequests = () => store.emulator.requests.list({ path: '/oauth2/token' });

function grant() {
  const { appKey, appSecret, refreshToken } = store.emulator.state.app;
  return { appKey, appSecret, refreshToken };
}

async function putWith(auth: DropboxOptions['auth'], options: Partial<DropboxOptions> = {}) {
  const destination = store.connect({ auth, ...options });
  return destination.put(documentFor(destination));
}

describe('a refresh token', () => {
  it('gets one token for all callers, and no secret shows in an address', async () => {
    store = await emulatedDropbox();
    const destination = store.connect({ auth: grant() });
    await Promise.all([1, 2, 3, 4].map(() => destination.put(documentFor(destination))));
    expect(tokenRequests()).toHaveLength(1);
    expect(tokenRequests()[0]?.query.toString()).toBe('');
  });

  it('is enough without a secret, for an app that was authorised with PKCE', async () => {
    store = await emulatedDropbox();
    const { appKey, refreshToken } = grant();
    expect((await putWith({ appKey, refreshToken })).outcome).toBe('stored');
  });

  it('gets a new token, once, when Dropbox refuses the one in use', async () => {
    store = await emulatedDropbox();
    const destination = store.connect({ auth: grant() });
    await destination.put(documentFor(destination));
    store.emulator.state.app.revokeTokens();
    await Promise.all([1, 2, 3].map(() => destination.put(documentFor(destination))));
    expect(tokenRequests()).toHaveLength(2);
  });

  it('of a disconnected app says how to connect it again', async () => {
    store = await emulatedDropbox();
    store.emulator.state.app.disconnect();
    await expect(putWith(grant())).rejects.toMatchObject({
      code: 'destination.unauthorized',
      recovery: 'operator',
      hint: expect.stringContaining('Connect the app again'),
    });
  });

  it('with a wrong secret says what to compare', async () => {
    store = await emulatedDropbox();
    await expect(putWith({ ...grant(), appSecret: 'wrong' })).rejects.toMatchObject({
      code: 'destination.unauthorized',
      hint: expect.stringContaining('App Console'),
    });
  });
});

describe("the host's own client", () => {
  it('of the class DropboxAuth gives its token, and refreshes one that was refused early', async () => {
    store = await emulatedDropbox();
    const { appKey: clientId, appSecret: clientSecret, refreshToken } = grant();
    const auth = new DropboxAuth({ clientId, clientSecret, refreshToken, fetch: fetchFor(store.emulator) });
    const destination = store.connect({ auth });
    await destination.put(documentFor(destination));
    store.emulator.state.app.revokeTokens();
    expect((await destination.put(documentFor(destination))).outcome).toBe('stored');
    expect(tokenRequests()).toHaveLength(2);
  });

  it('of the class Dropbox works as it is', async () => {
    store = await emulatedDropbox();
    const client = new Dropbox({ accessToken: store.emulator.state.app.issueToken(), fetch: fetchFor(store.emulator) });
    expect((await putWith(client)).outcome).toBe('stored');
  });

  it('of the class Dropbox brings its member and path root along', async () => {
    store = await emulatedDropbox({ emulator: { teamMembers: ['dbmid:emma'] } });
    const pathRoot = JSON.stringify({ '.tag': 'namespace_id', namespace_id: '2001' });
    const accessToken = store.emulator.state.app.issueToken();
    const client = new Dropbox({ accessToken, selectUser: 'dbmid:emma', pathRoot, fetch: fetchFor(store.emulator) });
    await putWith(client);
    expect(store.emulator.state.tree('2001').files).toHaveLength(1);
    expect(store.emulator.state.teamTemplates.all).toHaveLength(1);
  });
});

describe("a team's token", () => {
  it('acts for the member that is named, in the team space when a path root is given', async () => {
    store = await emulatedDropbox({ emulator: { teamMembers: ['dbmid:emma'] } });
    const auth = store.emulator.state.app.issueToken();
    await putWith(auth, { selectUser: 'dbmid:emma' });
    await putWith(auth, { selectAdmin: 'dbmid:emma', pathRoot: '2001' });
    expect(store.emulator.state.tree('1001').files).toHaveLength(1);
    expect(store.emulator.state.tree('2001').files).toHaveLength(1);
  });

  it('lets an admin write into team folders, and stamps and searches as the member whom Dropbox wants there', async () => {
    store = await emulatedDropbox({ emulator: { teamMembers: ['dbmid:emma'] } });
    const destination = store.connect({ selectAdmin: 'dbmid:emma', pathRoot: '2001' });
    // Too long to go with the bytes.
    const properties = { title: '契約書'.repeat(100), counterparties: '株式会社'.repeat(80), owner: 'ü'.repeat(500) };
    const document = { ...documentFor(destination), properties };
    const { copy } = await destination.put(document);
    expect(await destination.find({ key: document.key })).toEqual(copy);
    const fresh = { ...documentFor(destination), key: document.key, path: document.path, properties };
    const { copy: replaced } = await destination.put(fresh, { ifExists: 'replace', replaces: copy });
    expect(replaced).toMatchObject({ id: copy.id, hash: fresh.hash, properties });
    expect(store.emulator.state.tree('2001').files).toHaveLength(1);
  });

  it('without a member says which option is missing', async () => {
    store = await emulatedDropbox({ emulator: { teamMembers: ['dbmid:emma'] } });
    await expect(putWith(store.emulator.state.app.issueToken(), { templateOwner: 'user' })).rejects.toMatchObject({
      code: 'destination.forbidden',
      hint: expect.stringContaining('selectUser'),
    });
  });

  it("with a path root that is not the team's says where to look it up", async () => {
    store = await emulatedDropbox({ emulator: { teamMembers: ['dbmid:emma'] } });
    const auth = store.emulator.state.app.issueToken();
    await expect(putWith(auth, { selectUser: 'dbmid:emma', pathRoot: '3001' })).rejects.toMatchObject({
      code: 'destination.folder_not_found',
      hint: expect.stringContaining('root_info'),
    });
  });

  it('is told of the team space by check', async () => {
    store = await emulatedDropbox({ emulator: { teamMembers: ['dbmid:emma'] } });
    const destination = store.connect({ selectUser: 'dbmid:emma' });
    const { ok, findings } = await destination.check();
    expect(ok).toBe(true);
    expect(findings[0]?.message).toContain("pathRoot: '2001'");
  });
});

describe('options', () => {
  const path = '/Contracts';
  it('that do not exist are refused by the compiler', async () => {
    store = await emulatedDropbox();
    // @ts-expect-error it is called path
    expect(() => dropbox({ auth: 'token', path, folder: path })).not.toThrow();
  });

  it.each([
    ['"auth" is missing', { auth: '', path }],
    ['"auth" is missing', undefined as never],
    ['"auth" is nothing', { auth: { token: 'x' } as never, path }],
    ['"auth.appKey"', { auth: { appKey: '', refreshToken: 'r' }, path }],
    ['"path" (DROPBOX_PATH) is missing', { auth: 'token', path: '' }],
    ['"path" must begin', { auth: 'token', path: 'Contracts' }],
    ['"pieceBytes"', { auth: 'token', path, pieceBytes: 5_000_000 }],
    ['"commitsAtOnce"', { auth: 'token', path, commitsAtOnce: 0 }],
    ['"selectUser" and "selectAdmin"', { auth: 'token', path, selectUser: 'dbmid:a', selectAdmin: 'dbmid:b' }],
    ['begins with "dbmid:"', { auth: 'token', path, selectUser: 'emma@example.com' }],
    ['"templateOwner"', { auth: 'token', path, templateOwner: 'me' as never }],
    ['"templateId"', { auth: 'token', path, templateId: 'x' }],
    ['"baseUrls.api"', { auth: 'token', path, baseUrls: { api: 'http://example.com', content: 'https://example.com' } }],
  ] as const)('are refused at once: %s', async (message, options) => {
    store = await emulatedDropbox();
    expect(() => dropbox(options)).toThrow(message);
  });
});
