import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GoogleDriveEmulator, startGoogleDriveEmulator } from '../../src/emulators.ts';

let drive: GoogleDriveEmulator;
beforeEach(async () => {
  drive = await startGoogleDriveEmulator({ listen: false, keptBytesPerPiece: 262_144 });
});
afterEach(() => drive.stop());

interface CallOptions {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function call(path: string, { method = 'GET', token = drive.accessToken, body, headers = {} }: CallOptions = {}) {
  const payload = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
  const response = await drive.fetch(`https://www.googleapis.com${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...payload,
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json') ? (JSON.parse(text) as Record<string, unknown>) : {};
  return {
    status: response.status,
    headers: response.headers,
    json,
    reason: (json.error as { errors?: { reason: string }[] } | undefined)?.errors?.[0]?.reason,
  };
}

const newFile = (body: Readonly<Record<string, unknown>>, query = '') => call(`/drive/v3/files?${query}`, { method: 'POST', body });

describe('ids', () => {
  it('are taken once, only when they were generated, and up to 1000 at a time', async () => {
    const { json } = await call('/drive/v3/files/generateIds?count=1');
    const [id] = json.ids as string[];
    expect(await newFile({ id, name: 'a' })).toMatchObject({ status: 200, json: { id } });
    expect(await newFile({ id, name: 'b' })).toMatchObject({ status: 409, reason: 'fileIdInUse' });
    expect(await newFile({ id: 'made-up', name: 'b' })).toMatchObject({ status: 400 });
    expect(await call('/drive/v3/files/generateIds?count=1001')).toMatchObject({ status: 400 });
  });

  it('are not needed: names are no keys, and two files may share one', async () => {
    const made = [await newFile({ name: 'a' }), await newFile({ name: 'a' })];
    expect(new Set(made.map(({ json }) => json.id)).size).toBe(2);
  });
});

describe('searches', () => {
  it('know of names and properties late, of folders at once', async () => {
    await newFile({ name: 'a', parents: [drive.folderId], appProperties: { k: 'v' } });
    const find = async (q: string) => ((await call(`/drive/v3/files?q=${encodeURIComponent(q)}`)).json.files as unknown[]).length;
    const queries = ["name = 'a'", "appProperties has { key='k' and value='v' }", `'${drive.folderId}' in parents`];
    expect(await Promise.all(queries.map(find))).toEqual([0, 0, 1]);
    drive.clock.advance(5_000);
    expect(await Promise.all(queries.map(find))).toEqual([1, 1, 1]);
  });

  it("tell what is somebody else's, what was shared, and what somebody may write", async () => {
    const { account, accounts, folderId, state } = drive;
    const other = { account: 'other@example.com', projectId: 'p', scopes: ['https://www.googleapis.com/auth/drive'] };
    const token = accounts.issueToken(other);
    state.share(folderId, other.account, 'reader');
    const find = async (q: string) => {
      const { json } = await call(`/drive/v3/files?q=${encodeURIComponent(q)}`, { token });
      return (json.files as { id: string }[]).map(({ id }) => id);
    };
    const finding = [
      "'me' in readers",
      'sharedWithMe',
      'sharedWithMe = true and trashed = false',
      `'${account}' in owners`,
      'starred = false',
    ];
    for (const q of finding) expect(await find(q)).toEqual([folderId]);
    for (const q of ["'me' in owners", "'me' in writers", 'sharedWithMe != true', 'starred = true']) expect(await find(q)).toEqual([]);
  });

  it('list the bin unless told otherwise', async () => {
    const { json } = await newFile({ name: 'a', parents: [drive.folderId] });
    drive.state.trash(String(json.id));
    const listed = await call(`/drive/v3/files?q=${encodeURIComponent(`'${drive.folderId}' in parents`)}`);
    expect(listed.json.files).toHaveLength(1);
  });
});

describe('shared drives', () => {
  it('are not there for callers that do not say they know of them', async () => {
    const id = drive.state.createSharedDrive('Legal', { [drive.account]: 'fileOrganizer' });
    expect(await newFile({ name: 'a', parents: [id] })).toMatchObject({ status: 404 });
    expect(await newFile({ name: 'a', parents: [id] }, 'supportsAllDrives=true')).toMatchObject({ status: 200 });
  });
});

describe('properties', () => {
  it('hold 124 bytes each, 30 of each kind, and are private to the Cloud project', async () => {
    expect(await newFile({ name: 'a', appProperties: { k: 'ä'.repeat(62) } })).toMatchObject({ status: 403 });
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`k${index}`, 'v']));
    expect(await newFile({ name: 'a', properties: many })).toMatchObject({ status: 403 });
    const { json } = await newFile({ name: 'a', appProperties: { k: 'v' }, properties: { p: 'v' } });
    const token = drive.accounts.issueToken({
      account: drive.account,
      projectId: 'other',
      scopes: ['https://www.googleapis.com/auth/drive'],
    });
    const seen = await call(`/drive/v3/files/${String(json.id)}?fields=appProperties,properties`, { token });
    expect(seen.json).toEqual({ properties: { p: 'v' } });
  });
});

describe('resumable uploads', () => {
  const begin = async () => {
    const begun = await call('/upload/drive/v3/files?uploadType=resumable&fields=size', { method: 'POST', body: { name: 'a' } });
    return new URL(begun.headers.get('location') ?? '');
  };
  const send = (session: URL, range: string, body?: string) =>
    call(session.pathname + session.search, {
      method: 'PUT',
      token: '',
      headers: { 'content-range': range },
      ...(body !== undefined && { body }),
    });

  it('need no token, tell where they stand, and may keep a part of a piece', async () => {
    const session = await begin();
    const total = 524_288 + 10;
    expect((await send(session, `bytes */${total}`)).headers.get('range')).toBeNull();
    const piece = await send(session, `bytes 0-524287/${total}`, 'x'.repeat(524_288));
    expect([piece.status, piece.headers.get('range')]).toEqual([308, 'bytes=0-262143']);
    await send(session, `bytes 262144-524287/${total}`, 'x'.repeat(262_144));
    expect(await send(session, `bytes 524288-524297/${total}`, 'x'.repeat(10))).toMatchObject({
      status: 200,
      json: { size: String(total) },
    });
    expect(await send(session, `bytes */${total}`)).toMatchObject({ status: 200, json: { size: String(total) } });
  });

  it('refuse pieces that are no multiple of 256 KiB, and end after a week', async () => {
    const session = await begin();
    expect((await send(session, 'bytes 0-99/1000', 'x'.repeat(100))).status).toBe(400);
    drive.clock.advance(7 * 24 * 3_600_000);
    expect((await send(session, 'bytes */1000')).status).toBe(404);
  });
});

describe('limits', () => {
  it('are told by 403 and a reason', async () => {
    const slow = await startGoogleDriveEmulator({ listen: false, rateLimit: { limit: 1, windowMs: 60_000 } });
    const ask = () =>
      slow.fetch('https://www.googleapis.com/drive/v3/about?fields=user', { headers: { authorization: `Bearer ${slow.accessToken}` } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 403]);
    await slow.stop();
  });

  it('end tokens after an hour', async () => {
    const token = drive.accounts.issueToken({ account: drive.account, projectId: 'p', scopes: ['https://www.googleapis.com/auth/drive'] });
    expect((await call('/drive/v3/about?fields=user', { token })).status).toBe(200);
    drive.clock.advance(3_600_000);
    expect(await call('/drive/v3/about?fields=user', { token })).toMatchObject({ status: 401, reason: 'authError' });
  });
});
