import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmulatedDrive, type MicrosoftGraphEmulator, startMicrosoftGraphEmulator } from '../../src/emulators.ts';
import { callGraph, type GraphCall } from './call-graph.ts';

let emulator: MicrosoftGraphEmulator;
beforeEach(async () => {
  emulator = await startMicrosoftGraphEmulator();
});
afterEach(() => emulator.stop());

const call = (address: string, options?: GraphCall) => callGraph(emulator, address, options);
const tokenFor = (drive: EmulatedDrive) => [emulator.work, emulator.personal].find((account) => account.drive === drive)?.accessToken;
const at = (drive: EmulatedDrive, name: string) => `drives/${drive.id}/root:/${name}:`;

async function open(drive: EmulatedDrive, name: string, body: unknown = {}) {
  const answer = await call(`${at(drive, name)}/createUploadSession`, { method: 'POST', body, token: tokenFor(drive) });
  return { ...answer, uploadUrl: String(answer.json.uploadUrl) };
}

const send = (uploadUrl: string, bytes: string, range = `bytes 0-${bytes.length - 1}/${bytes.length}`) =>
  call(uploadUrl, { method: 'PUT', body: bytes, headers: { 'content-range': range } });

const names = (drive: EmulatedDrive) => drive.items.filter(({ content }) => content).map(({ name }) => name);

describe('a name that a session holds', () => {
  it.each(['library', 'work'] as const)(
    'is refused to everybody else in a drive of a tenant (%s), until the session is deleted',
    async (kind) => {
      const drive = kind === 'library' ? emulator.library : emulator.work.drive;
      const { uploadUrl } = await open(drive, 'A.pdf');
      expect(await open(drive, 'a.PDF', { item: { '@microsoft.graph.conflictBehavior': 'replace' } })).toMatchObject({ status: 409 });
      const put = () => call(`${at(drive, 'A.pdf')}/content`, { method: 'PUT', body: 'x', token: tokenFor(drive) });
      expect(await put()).toMatchObject({ status: 409, code: 'nameAlreadyExists' });
      expect(await call(uploadUrl, { method: 'DELETE' })).toMatchObject({ status: 204 });
      expect(await put()).toMatchObject({ status: 201 });
    },
  );

  it('is free on a personal drive: sessions stand beside each other, and the second to end meets the file', async () => {
    const { drive } = emulator.personal;
    const fail = { item: { '@microsoft.graph.conflictBehavior': 'fail' } };
    const [first, second] = [await open(drive, 'A.pdf', fail), await open(drive, 'A.pdf', fail)];
    expect(await send(first.uploadUrl, 'first')).toMatchObject({ status: 201 });
    expect(await send(second.uploadUrl, 'second')).toMatchObject({ status: 409, code: 'nameAlreadyExists' });
    expect(names(drive)).toEqual(['A.pdf']);
  });
});

describe('a session whose commit is put off', () => {
  it('makes the file when it is told to, and not before its last byte', async () => {
    const { uploadUrl } = await open(emulator.library, 'A.pdf', { deferCommit: true });
    expect(await call(uploadUrl, { method: 'POST' })).toMatchObject({ status: 400, code: 'invalidRequest' });
    expect(await send(uploadUrl, 'bytes')).toMatchObject({ status: 202, json: { nextExpectedRanges: [] } });
    expect(names(emulator.library)).toEqual([]);
    expect(await call(uploadUrl, { method: 'POST' })).toMatchObject({ status: 201, json: { name: 'A.pdf', size: 5 } });
    expect(await call(uploadUrl)).toMatchObject({ status: 404 });
  });

  it('ends by its address in the item itself on a personal drive', async () => {
    const { drive, accessToken: token } = emulator.personal;
    const { uploadUrl } = await open(drive, 'A.pdf', { deferCommit: true });
    const commit = (name: string) => call(at(drive, name), { method: 'PUT', token, body: { '@microsoft.graph.sourceUrl': uploadUrl } });
    expect(await commit('A.pdf')).toMatchObject({ status: 400 });
    await send(uploadUrl, 'bytes');
    expect(await call(uploadUrl, { method: 'POST' })).toMatchObject({ status: 405 });
    expect(await commit('A.pdf')).toMatchObject({ status: 201, json: { name: 'A.pdf', size: 5 } });
  });
});

it('keeps its bytes when the name is taken in the end, to be committed under another', async () => {
  const { library } = emulator;
  const { uploadUrl } = await open(library, 'A.pdf', { item: { '@microsoft.graph.conflictBehavior': 'fail' } });
  const { parent } = emulator.state.sessions.open[0]!.place;
  const other = await call(`${at(library, 'B.pdf')}/content`, { method: 'PUT', body: 'other' });
  library.move(library.find(String(other.json.id))!, { parent, name: 'A.pdf' });
  expect(await send(uploadUrl, 'bytes')).toMatchObject({ status: 409, code: 'nameAlreadyExists' });
  const body = { '@microsoft.graph.sourceUrl': uploadUrl };
  expect(await call(at(library, 'C.pdf'), { method: 'PUT', body })).toMatchObject({ status: 201, json: { name: 'C.pdf' } });
  expect(names(library)).toEqual(['A.pdf', 'C.pdf']);
});

it.each([
  ['a piece that is no multiple of 320 KiB and not the last', 'bytes 0-4/10', 400],
  ['a gap', 'bytes 5-9/10', 416],
  ['a header that says another length', 'bytes 0-8/9', 400],
  ['no numbers', 'bytes */10', 400],
])('refuses %s', async (_what, range, status) => {
  const { uploadUrl } = await open(emulator.library, 'A.pdf');
  expect(await send(uploadUrl, 'bytes', range)).toMatchObject({ status });
  expect(await call(uploadUrl)).toMatchObject({ json: { nextExpectedRanges: [expect.stringMatching(/^0-/)] } });
});

it('refuses a token at the address of a session, and forgets a session that has expired', async () => {
  const { uploadUrl } = await open(emulator.library, 'A.pdf');
  expect(await call(uploadUrl, { headers: { authorization: `Bearer ${emulator.accessToken}` } })).toMatchObject({ status: 401 });
  emulator.clock.advance(emulator.behaviour.sessionLifetimeMs + 1);
  expect(await call(uploadUrl)).toMatchObject({ status: 404, code: 'itemNotFound' });
  expect(await open(emulator.library, 'A.pdf')).toMatchObject({ status: 200 });
});
