import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { createEmulatorClock, startSpotDraftEmulator } from '../../src/emulators.ts';
import { call, json, startQuietEmulator, stopAfterTest } from './api-client.ts';

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');

const linkOf = (id: string): string => `POST v2.1/public/contracts/${id}/download_link`;

interface Link {
  readonly url: string;
  readonly file_name: string;
  readonly current_version_id?: number;
}

const pdf = Buffer.from('%PDF-1.7\nthe signed document\n%%EOF\n');

it('gives the document behind a link on another origin, with the hashes of the storage', async () => {
  const emulator = await startQuietEmulator();
  const { versions } = emulator.state.addContract({ id: 'T-7', title: 'Über/Vertrag', status: 'EXECUTED', document: pdf });
  const link = await json<Link>(call(emulator, linkOf('T-7')));
  expect(link).toMatchObject({ file_name: 'Über/Vertrag.pdf', current_version_id: versions[0]?.id });
  expect(new URL(link.url).origin).toBe(emulator.urls.storage);
  const response = await emulator.fetch(link.url);
  expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).toBe(true);
  expect(response.headers.get('content-length')).toBe(String(pdf.byteLength));
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('x-goog-hash')).toMatch(/^crc32c=[\w+/]{6}==,md5=/);
  expect(response.headers.get('x-goog-hash')).toContain(md5(pdf));
});

it('sends the CRC-32C that is published for the check text', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One', document: Buffer.from('123456789') });
  const { url } = await json<Link>(call(emulator, linkOf('T-7')));
  expect((await emulator.fetch(url)).headers.get('x-goog-hash')).toContain(`crc32c=${Buffer.from('e3069283', 'hex').toString('base64')}`);
});

it('refuses a link that expired or was changed, and goes on at an offset', async () => {
  const clock = createEmulatorClock({ startAt: new Date('2026-03-01T00:00:00Z') });
  const emulator = await startQuietEmulator({ clock, linkLifetimeMs: 5000 });
  emulator.state.addContract({ id: 'T-7', title: 'One', document: pdf });
  const { url } = await json<Link>(call(emulator, linkOf('T-7')));
  const part = await emulator.fetch(url, { headers: { range: 'bytes=9-' } });
  expect([part.status, await part.text()]).toEqual([206, pdf.subarray(9).toString()]);
  expect((await emulator.fetch(url.replace('T-7', 'T-8'))).status).toBe(403);
  expect((await emulator.fetch(url, { method: 'HEAD' })).status).toBe(403);
  clock.advance(5000);
  const expired = await emulator.fetch(url);
  expect([expired.status, await expired.text()]).toEqual([400, expect.stringContaining('ExpiredToken') as unknown]);
});

it('reports credentials that reach the storage', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One', document: pdf });
  const { url } = await json<Link>(call(emulator, linkOf('T-7')));
  await emulator.fetch(url);
  expect(emulator.leakedCredentials()).toEqual([]);
  await emulator.fetch(url, { headers: { 'client-secret': emulator.clientSecret } });
  expect(emulator.leakedCredentials()).toMatchObject([{ origin: 'storage', headers: { 'client-secret': '[redacted]' } }]);
});

it('makes a readable PDF for a contract that was given none, and streams large ones', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One' });
  emulator.state.addContract({ id: 'T-8', title: 'Two', document: { size: 3_000_000_000 } });
  const small = await call(emulator, 'POST v2.1/public/contracts/T-7/download');
  expect(small.headers.get('content-type')).toBe('application/json');
  expect((await small.text()).startsWith('%PDF-')).toBe(true);
  const large = await call(emulator, 'POST v2/public/contracts/T-8/download');
  expect(large.headers.get('content-length')).toBe('3000000000');
  const reader = large.body?.getReader();
  expect(
    Buffer.from((await reader?.read())?.value ?? [])
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  await reader?.cancel();
});

it.each([402, 404, 409] as const)('answers %i until the document is ready', async (answer) => {
  const clock = createEmulatorClock({ startAt: new Date('2026-03-01T00:00:00Z') });
  const emulator = await startQuietEmulator({ clock });
  emulator.state.addContract({ id: 'T-7', title: 'One', document: pdf });
  emulator.state.execute('T-7', { notReady: { forMs: 30_000, answer } });
  expect((await call(emulator, linkOf('T-7'))).status).toBe(answer);
  expect((await call(emulator, 'POST v1/public/contracts/7/download')).status).toBe(answer);
  clock.advance(30_000);
  expect((await call(emulator, linkOf('T-7'))).status).toBe(200);
});

it.each([
  ['empty', ''],
  ['html', '<!doctype html>'],
] as const)('sends a download that is %s until the document is ready', async (answer, start) => {
  const clock = createEmulatorClock({ startAt: new Date('2026-03-01T00:00:00Z') });
  const emulator = await startQuietEmulator({ clock });
  emulator.state.addContract({ id: 'T-7', title: 'One', status: 'EXECUTED', document: pdf, notReady: { forMs: 1000, answer } });
  const early = await json<Link>(call(emulator, linkOf('T-7')));
  const texts = [
    await (await emulator.fetch(early.url)).text(),
    await (await call(emulator, 'POST v2.1/public/contracts/T-7/download')).text(),
  ];
  for (const text of texts) expect(text.slice(0, 15)).toBe(start);
  clock.advance(1000);
  const ready = await json<Link>(call(emulator, linkOf('T-7')));
  expect(await (await emulator.fetch(ready.url)).text()).toBe(pdf.toString());
});

it('renders other bytes for each download when told to, and the same ones behind one link', async () => {
  const emulator = await startQuietEmulator({ rerendersPdf: true });
  emulator.state.addContract({ id: 'T-7', title: 'One', document: pdf });
  const download = async (): Promise<string> => (await call(emulator, 'POST v2.1/public/contracts/T-7/download')).text();
  const [first, second] = [await download(), await download()];
  expect(first).not.toBe(second);
  expect(first.startsWith(pdf.toString())).toBe(true);
  expect(first.endsWith('%%EOF\n')).toBe(true);
  const { url } = await json<Link>(call(emulator, linkOf('T-7')));
  const whole = await (await emulator.fetch(url)).text();
  const rest = await (await emulator.fetch(url, { headers: { range: `bytes=${pdf.byteLength + 3}-` } })).text();
  expect(rest).toBe(whole.slice(pdf.byteLength + 3));
});

it('has a new version id after an executed version was uploaded, and old links keep the old version', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One', status: 'EXECUTED', document: pdf });
  const before = await json<Link>(call(emulator, linkOf('T-7')));
  emulator.state.uploadExecutedVersion('T-7', { document: Buffer.from('%PDF-new') });
  const after = await json<Link>(call(emulator, linkOf('T-7')));
  expect(after.current_version_id).not.toBe(before.current_version_id);
  expect(await (await emulator.fetch(after.url)).text()).toBe('%PDF-new');
  expect(await (await emulator.fetch(before.url)).text()).toBe(pdf.toString());
  emulator.state.setDocument('T-7', Buffer.from('%PDF-other'));
  expect(await json<Link>(call(emulator, linkOf('T-7')))).toMatchObject({ current_version_id: after.current_version_id });
});

it('gives DOCX where there is one', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One', document: pdf, docx: Buffer.from('PK docx') });
  const docx = { body: { format: 'DOCX' } };
  const link = await json<Link>(call(emulator, linkOf('T-7'), docx));
  expect(link.file_name).toBe('One.docx');
  expect(await (await emulator.fetch(link.url)).text()).toBe('PK docx');
  emulator.state.uploadExecutedVersion('T-7', { document: pdf });
  expect((await call(emulator, linkOf('T-7'), docx)).status).toBe(402);
  expect(await json(call(emulator, linkOf('T-7'), { body: { format: 'DOCX_WITH_FALLBACK_TO_PDF' } }))).toMatchObject({
    file_name: 'One.pdf',
  });
  const path = 'POST v2.1/public/contracts/7/download_docx/';
  expect((await call(emulator, path)).status).toBe(402);
  expect(await (await call(emulator, path, { body: { fallback_to_last_available_docx: true } })).text()).toBe('PK docx');
  expect((await call(emulator, linkOf('T-7'), { body: { format: 'ODT' } })).status).toBe(400);
});

it('cuts and corrupts downloads over real HTTP', async () => {
  const emulator = stopAfterTest(await startSpotDraftEmulator());
  emulator.state.addContract({ id: 'T-7', title: 'One', document: { size: 500_000 } });
  const headers = { 'client-id': emulator.clientId, 'client-secret': emulator.clientSecret };
  const link = await fetch(`${emulator.url}/api/v2.1/public/contracts/T-7/download_link`, { method: 'POST', headers });
  const { url } = (await link.json()) as Link;
  emulator.faults.inject({ kind: 'cutResponse', afterBytes: 100_000, origin: 'storage' });
  await expect((await fetch(url)).arrayBuffer()).rejects.toBeInstanceOf(TypeError);
  emulator.faults.inject({ kind: 'corruptResponse', atByte: 400_000, origin: 'storage' });
  const corrupted = Buffer.from(await (await fetch(url)).arrayBuffer());
  const response = await fetch(url);
  const announced = response.headers.get('x-goog-hash') ?? '';
  expect(announced).not.toContain(md5(corrupted));
  expect(announced).toContain(md5(Buffer.from(await response.arrayBuffer())));
});
