import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { networkFailure } from './scripted-fetch.ts';
import { failureOf, testClient } from './test-client.ts';

const pdf = '%PDF-1.7 signed';
const link = { url: 'https://storage.example/file?signature=s' };
const textOf = (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body).text();
const hash = (algorithm: string, encoding: 'base64' | 'hex'): string => createHash(algorithm).update(pdf).digest(encoding);

it('reads the document under a link with its length and type', async () => {
  const { client } = testClient([new Response(pdf, { headers: { 'content-length': '15', 'content-type': 'Application/PDF; charset=x' } })]);
  const document = await client.contracts.openLink(link);
  expect(document).toMatchObject({ size: 15, mediaType: 'application/pdf', checksums: {} });
  expect(await textOf(document.body)).toBe(pdf);
});

it.each([
  ['Content-MD5', { 'content-md5': hash('md5', 'base64') }, { md5: hash('md5', 'hex') }],
  ['x-goog-hash', { 'x-goog-hash': `crc32c=AAAAAA==, md5=${hash('md5', 'base64')}` }, { md5: hash('md5', 'hex') }],
  [
    'Digest',
    { digest: `sha-256=${hash('sha256', 'base64')},md5=${hash('md5', 'base64')}` },
    { sha256: hash('sha256', 'hex'), md5: hash('md5', 'hex') },
  ],
  ['Repr-Digest', { 'repr-digest': `sha-256=:${hash('sha256', 'base64')}:` }, { sha256: hash('sha256', 'hex') }],
  ['what is no hash', { 'content-md5': 'hello', digest: 'sha-256=AAAA' }, {}],
  ['an object that is stored compressed', { 'x-goog-hash': `md5=${hash('md5', 'base64')}`, 'x-goog-stored-content-encoding': 'gzip' }, {}],
])('reads checksums from %s', async (_name, headers, checksums) => {
  const { client } = testClient([new Response(pdf, { headers: new Headers(Object.entries(headers)) })]);
  expect((await client.contracts.openLink(link)).checksums).toEqual(checksums);
});

it('trusts no length of a compressed answer, and asks for none', async () => {
  const { client, sent } = testClient([new Response(pdf, { headers: { 'content-encoding': 'gzip', 'content-length': '3' } })]);
  expect((await client.contracts.openLink(link)).size).toBeUndefined();
  expect(sent[0]?.headers.get('accept-encoding')).toBe('identity');
});

it.each([400, 401, 403, 404, 410])('asks for a new link when storage answers %i', async (status) => {
  const { client, sent } = testClient([new Response('<Error/>', { status })]);
  expect(await failureOf(client.contracts.openLink(link))).toMatchObject({
    code: 'spotdraft.link_expired',
    recovery: 'retry',
    status,
    path: undefined,
  });
  expect(sent).toHaveLength(1);
});

it('repeats what passes by itself', async () => {
  const { client, sent } = testClient([new Response(null, { status: 503 }), networkFailure('ECONNRESET'), new Response(pdf)]);
  expect(await textOf((await client.contracts.openLink(link)).body)).toBe(pdf);
  expect(sent).toHaveLength(3);
});

it('follows storage to another https address, without credentials', async () => {
  const redirect = new Response(null, { status: 307, headers: { location: 'https://cdn.example/file' } });
  const { client, sent } = testClient([redirect, new Response(pdf)]);
  expect(await textOf((await client.contracts.openLink(link)).body)).toBe(pdf);
  expect(sent.map(({ url }) => url.host)).toEqual(['storage.example', 'cdn.example']);
  expect(sent.some(({ headers }) => headers.has('client-secret'))).toBe(false);
});

it.each([
  ['http', 'http://storage.example/file'],
  ['this machine', 'http://127.0.0.1:8080/file'],
  ['a file', 'file:///etc/passwd'],
  ['a user name', 'https://user:word@storage.example/file'],
  ['nothing', ''],
])('does not open a link to %s', async (_name, url) => {
  const { client, sent } = testClient([new Response(pdf)]);
  expect(await failureOf(client.contracts.openLink({ url }))).toMatchObject({ code: 'spotdraft.unexpected_answer', recovery: 'operator' });
  expect(sent).toHaveLength(0);
});

it('opens plain links on this machine for a SpotDraft on this machine', async () => {
  const { client } = testClient([new Response(pdf)], { baseUrl: 'http://127.0.0.1:9000' });
  expect(await textOf((await client.contracts.openLink({ url: 'http://127.0.0.1:9001/file' })).body)).toBe(pdf);
});

function broken(afterBytes: string): Response {
  let hasBegun = false;
  const body = new ReadableStream({
    pull(controller) {
      if (hasBegun) controller.error(new TypeError('terminated'));
      else controller.enqueue(new TextEncoder().encode(afterBytes));
      hasBegun = true;
    },
  });
  return new Response(body);
}

it('says so when a document breaks off', async () => {
  const { client } = testClient([() => broken('%PDF-')]);
  const { body } = await client.contracts.openLink(link);
  expect(await failureOf(textOf(body))).toMatchObject({ code: 'integrity.download_incomplete', recovery: 'retry' });
});

it('says so when a document stands still, but not when nobody reads it', async () => {
  const standing = () => new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(5)) }));
  const { client } = testClient([standing], { timeoutMs: 20 });
  const { body } = await client.contracts.openLink(link);
  const reader = body.getReader();
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect((await reader.read()).value).toHaveLength(5);
  expect(await failureOf(reader.read())).toMatchObject({
    code: 'integrity.download_incomplete',
    message: expect.stringContaining('20 ms'),
  });
});

it.each([
  ['a PDF that is called JSON', pdf],
  ['nothing', ''],
])('downloads %s unchanged', async (_name, bytes) => {
  const { client, sent } = testClient([new Response(bytes, { headers: { 'content-type': 'application/json' } })]);
  expect(await textOf((await client.contracts.download('T-7')).body)).toBe(bytes);
  expect(sent[0]).toMatchObject({ method: 'POST', body: '' });
});

it('follows a link that comes instead of bytes, without credentials', async () => {
  const { client, sent } = testClient([Response.json(link), new Response(pdf)]);
  expect(await textOf((await client.contracts.download('H-7')).body)).toBe(pdf);
  expect(sent[1]?.headers.has('client-secret')).toBe(false);
});

it('says that a document is not ready when words come instead of bytes', async () => {
  const { client } = testClient([Response.json({ detail: 'Being generated.' })]);
  expect(await failureOf(client.contracts.download('T-7'))).toMatchObject({ code: 'spotdraft.document_not_ready', recovery: 'retry' });
});

it('downloads a DOCX by number', async () => {
  const { client, sent } = testClient([new Response('PK')]);
  await client.contracts.downloadDocx('T-7', { fallbackToLastAvailable: true });
  expect(sent[0]?.url.pathname).toBe('/api/v2.1/public/contracts/7/download_docx/');
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({ fallback_to_last_available_docx: true });
});
