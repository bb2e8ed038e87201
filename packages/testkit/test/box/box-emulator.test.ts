import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoxEmulator, createEmulatorClock, startBoxEmulator } from '../../src/emulators.ts';

let emulator: BoxEmulator;
const clock = createEmulatorClock({ startAt: new Date('2026-11-24T00:00:00Z') });
beforeEach(async () => {
  emulator = await startBoxEmulator({ listen: false, clock, partSizeBytes: 1_000, minimumChunkedBytes: 2_000 });
});
afterEach(() => emulator.stop());

interface Sent {
  readonly method?: string;
  /** A plain object is sent as JSON. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(
  url: string,
  { method = 'POST', body, headers = {} }: Sent = {},
): Promise<{ status: number; headers: Headers; json: never }> {
  const isPlain = body !== undefined && Object.getPrototypeOf(body) === Object.prototype;
  const response = await emulator.fetch(url, {
    method,
    headers: { authorization: `Bearer ${emulator.accessToken}`, ...headers },
    ...(body !== undefined && { body: isPlain ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer>) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: (text === '' ? undefined : JSON.parse(text)) as never };
}

function form(parts: readonly (readonly [string, string])[]): FormData {
  const data = new FormData();
  for (const [name, value] of parts) data.append(name, name === 'file' ? new Blob([value]) : value);
  return data;
}

const attributes = (name: string) => JSON.stringify({ name, parent: { id: emulator.folderId } });
const upload = (name: string, bytes: string, headers?: Sent['headers']) =>
  send(`${emulator.urls.upload}/api/2.0/files/content`, {
    body: form([
      ['attributes', attributes(name)],
      ['file', bytes],
    ]),
    ...(headers && { headers }),
  });

describe('uploads in one request', () => {
  it('refuse the file before its attributes', async () => {
    const body = form([
      ['file', 'bytes'],
      ['attributes', attributes('A.pdf')],
    ]);
    expect(await send(`${emulator.urls.upload}/api/2.0/files/content`, { body })).toMatchObject({
      status: 400,
      json: { code: 'metadata_after_file_contents' },
    });
  });

  it('refuse bytes whose SHA-1 is not the one in content-md5', async () => {
    expect(await upload('A.pdf', 'bytes', { 'content-md5': createHash('sha1').update('others').digest('hex') })).toMatchObject({
      status: 400,
      json: { code: 'bad_digest' },
    });
    expect(emulator.state.listPaths()).toEqual([]);
  });

  it('refuse a name that is taken in another case, and name the file with its sha1', async () => {
    await upload('A.pdf', 'bytes');
    const sha1 = createHash('sha1').update('bytes').digest('hex');
    const expected = { code: 'item_name_in_use', context_info: { conflicts: { type: 'file', name: 'A.pdf', sha1 } } };
    expect(await upload('a.PDF', 'other')).toMatchObject({ status: 409, json: expected });
  });

  it('make one of two files that are uploaded under one name at once', async () => {
    const answers = await Promise.all([upload('A.pdf', 'one'), upload('A.pdf', 'two')]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
    expect(emulator.state.listPaths()).toHaveLength(1);
  });

  it('drop characters out of names without a word', async () => {
    expect(await upload('A?.pdf', 'bytes')).toMatchObject({ status: 201, json: { entries: [{ name: 'A.pdf' }] } });
  });

  it('are limited for each minute', async () => {
    await emulator.stop();
    emulator = await startBoxEmulator({ listen: false, clock, uploadsPerMinute: 1 });
    await upload('A.pdf', 'bytes');
    const refused = await upload('B.pdf', 'bytes');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    clock.advance(60_000);
    expect((await upload('B.pdf', 'bytes')).status).toBe(201);
  });
});

describe('chunked uploads', () => {
  const bytes = Buffer.alloc(2_500, 'abc');
  const sha = (data: Uint8Array) => `sha=${createHash('sha1').update(data).digest('base64')}`;
  const open = (size: number = bytes.byteLength) =>
    send(`${emulator.urls.upload}/api/2.0/files/upload_sessions`, {
      body: { folder_id: emulator.folderId, file_name: 'L.pdf', file_size: size },
    });
  const put = (url: string, from: number, to: number) => {
    const body = bytes.subarray(from, to);
    const headers = { digest: sha(body), 'content-range': `bytes ${from}-${to - 1}/${bytes.byteLength}` };
    return send(url, { method: 'PUT', body: new Uint8Array(body), headers });
  };

  it('refuse small files', async () => {
    expect(await open(1_999)).toMatchObject({ status: 400, json: { code: 'file_size_too_small' } });
  });

  it('take parts in any order, each of them once and of exact size, and commit them all or none', async () => {
    const { session_endpoints: urls } = (await open()).json as { session_endpoints: { upload_part: string; commit: string } };
    const parts: { part: { offset: number } }[] = [];
    for (const [from, to] of [
      [2_000, 2_500],
      [0, 1_000],
    ] as const)
      parts.push((await put(urls.upload_part, from, to)).json);
    expect(await put(urls.upload_part, 0, 1_000)).toMatchObject({ status: 409, json: { code: 'range_overlaps_existing_part' } });
    expect((await put(urls.upload_part, 1_000, 1_900)).status).toBe(416);
    const commit = () =>
      send(urls.commit, {
        body: { parts: parts.map(({ part }) => part).toSorted((a, b) => a.offset - b.offset) },
        headers: { digest: sha(bytes) },
      });
    expect(await commit()).toMatchObject({ status: 400, json: { code: 'parts_mismatch' } });
    parts.push((await put(urls.upload_part, 1_000, 2_000)).json);
    const sha1 = createHash('sha1').update(bytes).digest('hex');
    expect(await commit()).toMatchObject({ status: 201, json: { entries: [{ name: 'L.pdf', size: 2_500, sha1 }] } });
    expect((await commit()).status).toBe(404);
  });

  it('end after seven days', async () => {
    const { session_endpoints: urls } = (await open()).json as { session_endpoints: { upload_part: string } };
    clock.advance(7 * 24 * 3_600_000);
    expect((await put(urls.upload_part, 0, 1_000)).status).toBe(404);
  });
});

it('lets tokens of client credentials end after an hour', async () => {
  const { clientId, clientSecret, enterpriseId } = emulator;
  const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, box_subject_type: 'enterprise' };
  const body = new URLSearchParams({ ...grant, box_subject_id: enterpriseId });
  const { access_token: token } = (await send(`${emulator.url}/oauth2/token`, { body })).json as { access_token: string };
  const look = () => send(`${emulator.url}/2.0/users/me`, { method: 'GET', headers: { authorization: `Bearer ${token}` } });
  expect((await look()).status).toBe(200);
  clock.advance(3_600_000);
  expect((await look()).status).toBe(401);
});
