import type { Checkpoint } from '@spotdraft-archive/core/destination';
import type { DropboxEmulatorOptions, FaultAction } from '@spotdraft-archive/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import type { DropboxOptions } from '../src/index.ts';
import { type EmulatedDropbox, emulatedDropbox } from './emulated-dropbox.ts';
import { documentFor } from './small-document.ts';

let store: EmulatedDropbox;

afterEach(() => store.cleanup());

async function storeWith(emulator: DropboxEmulatorOptions = {}, adapter: Partial<DropboxOptions> = {}) {
  store = await emulatedDropbox({ emulator, adapter });
  return store;
}

const put = () => store.destination.put(documentFor(store.destination));
const onUpload = { method: 'POST', path: '/2/files/upload' } as const;

function inject(fault: FaultAction, times = 1) {
  return store.emulator.faults.inject({ ...fault, ...onUpload, times });
}

function refusal(tag: string, ...rest: string[]): FaultAction {
  const nest = ([first = '', ...others]: string[]): object =>
    others.length === 0 ? { '.tag': first } : { '.tag': first, [first]: nest(others) };
  const error = rest.length === 0 ? { '.tag': tag } : { '.tag': tag, reason: nest(rest), upload_session_id: 'pid_upload_session:x' };
  return { kind: 'status', status: 409, body: { error_summary: `${[tag, ...rest].join('/')}/..`, error } };
}

describe('errors', () => {
  it.each([
    ['a full Dropbox', refusal('path', 'insufficient_space'), 'destination.quota_exceeded', 'buy space'],
    ['a folder without the right to write', refusal('path', 'no_write_permission'), 'destination.forbidden', 'Can edit'],
    ['a name that Dropbox refuses', refusal('path', 'disallowed_name'), 'destination.name_rejected', 'plainer names'],
    ['a file that is too large', refusal('payload_too_large'), 'destination.too_large', '2 TB'],
    ['a reason that nobody knows', refusal('brand_new'), 'destination.unexpected_answer', 'newer'],
  ])('for %s have their own code and a hint', async (_name, fault, code, hint) => {
    await storeWith();
    inject(fault);
    await expect(put()).rejects.toMatchObject({ code, hint: expect.stringContaining(hint) });
  });

  it('tell a quota that is really used up', async () => {
    await storeWith({ quotaBytes: 1_000 });
    await expect(put()).rejects.toMatchObject({ code: 'destination.quota_exceeded', recovery: 'operator' });
  });

  it('name the scope that the app lacks', async () => {
    await storeWith({ scopes: ['account_info.read', 'files.metadata.read', 'files.metadata.write'] });
    const error = await put().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ recovery: 'operator', hint: expect.stringContaining('Permissions') });
  });

  it('tell an app with a folder of its own which option to give', async () => {
    await storeWith({ access: 'app-folder' });
    await expect(put()).rejects.toMatchObject({ hint: expect.stringContaining('app-folder') });
  });

  it('name a file that stands where a folder should be a conflict', async () => {
    await storeWith();
    await store.emulator.state.writeFile('/Contracts/Sales', Buffer.from('a file'));
    await expect(put()).rejects.toMatchObject({ code: 'destination.conflict' });
  });

  it('for properties that were refused are healed by adding them afterwards', async () => {
    await storeWith();
    await put();
    // Somebody deletes the template; the adapter still believes in it.
    for (const { id } of store.emulator.state.userTemplates.all) store.emulator.state.removeTemplate(id);
    const document = documentFor(store.destination);
    const { copy, outcome } = await store.destination.put(document);
    expect(outcome).toBe('stored');
    expect(copy.key).toBe(document.key);
    expect((await store.destination.stat(copy.id))?.key).toBe(document.key);
  });
});

it('replaces a copy that carries a stamp of another template than the one that somebody has just deleted', async () => {
  await storeWith();
  const old = documentFor(store.destination);
  const { copy } = await store.destination.put(old);
  const { state } = store.emulator;
  const [first] = state.userTemplates.all;
  // Two processes that began at once have made one each, and the one with the smaller id is in use.
  let second = state.userTemplates.add(first!);
  while (second.id > first!.id) {
    state.removeTemplate(second.id);
    second = state.userTemplates.add(first!);
  }
  const destination = store.connect();
  await destination.check();
  state.removeTemplate(second.id);
  const fresh = documentFor(destination, { path: old.path });
  const { copy: replaced, outcome } = await destination.put(fresh, { ifExists: 'replace', replaces: copy });
  expect({ replaced, outcome }).toMatchObject({ outcome: 'stored', replaced: { id: copy.id, hash: fresh.hash, key: fresh.key } });
  expect((await store.connect().stat(copy.id))?.key).toBe(fresh.key);
});

describe('other bytes than those that were announced', () => {
  it.each([
    ['small', 3_000],
    ['large', 600_000],
  ])('of a %s document never become a file', async (_size, size) => {
    await storeWith();
    const promised = documentFor(store.destination, { size });
    const other = documentFor(store.destination, { size });
    const altered = store.destination.put({ ...promised, open: (offset) => other.open(offset) });
    await expect(altered).rejects.toMatchObject({ code: 'integrity.checksum_mismatch' });
    expect(store.emulator.state.tree().files).toEqual([]);
  });
});

describe('throttling', () => {
  it.each([
    ['JSON', { body: { error_summary: 'too_many_requests/.', error: { reason: { '.tag': 'too_many_requests' }, retry_after: 0 } } }],
    ['plain text', { body: 'Too many requests', headers: { 'retry-after': '0' } }],
  ])('by 429 as %s is waited out', async (_name, answer) => {
    await storeWith();
    inject({ kind: 'status', status: 429, ...answer }, 2);
    expect((await put()).outcome).toBe('stored');
    expect(store.emulator.requests.count(onUpload)).toBe(3);
  });

  it('by the namespace lock, a 409, is waited out', async () => {
    await storeWith();
    inject(refusal('path', 'too_many_write_operations'), 2);
    expect((await put()).outcome).toBe('stored');
  });

  it('for minutes is handed on with the time to wait', async () => {
    await storeWith();
    inject({ kind: 'status', status: 429, headers: { 'retry-after': '300' }, body: 'Too many requests' });
    await expect(put()).rejects.toMatchObject({ code: 'destination.rate_limited', recovery: 'retry', retryAfterMs: 300_000 });
  });

  it('of one request holds back the others', async () => {
    const pauses: number[] = [];
    await storeWith({}, { onEvent: (event) => void (event.type === 'requests.paused' && pauses.push(event.waitMs)) });
    await put();
    inject({ kind: 'status', status: 429, headers: { 'retry-after': '300' }, body: '' });
    await expect(put()).rejects.toMatchObject({ code: 'destination.rate_limited' });
    store.emulator.requests.mark('paused');
    await expect(put()).rejects.toMatchObject({ code: 'destination.rate_limited' });
    expect(store.emulator.requests.count({ since: 'paused' })).toBe(0);
    expect(pauses).toHaveLength(1);
  });

  it.each([1, 3])('is avoided by writing no more than commitsAtOnce (%i) documents at a time', async (commitsAtOnce) => {
    const inFlight = { now: 0, most: 0 };
    const watched: typeof fetch = async (input, init) => {
      const address = input instanceof Request ? input.url : input.toString();
      const isCommit = address.endsWith('/2/files/upload') ? 1 : 0;
      inFlight.now += isCommit;
      inFlight.most = Math.max(inFlight.most, inFlight.now);
      return fetch(input, init).finally(() => {
        inFlight.now -= isCommit;
      });
    };
    await storeWith({ hasNamespaceLock: commitsAtOnce === 1 }, { fetch: watched, commitsAtOnce });
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map(put));
    expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 6 }, () => 'stored'));
    expect(inFlight.most).toBe(commitsAtOnce);
    expect(store.emulator.requests.count({ where: ({ status }) => status === 429 })).toBe(0);
  });
});

describe('a commit that fails after all bytes have arrived', () => {
  it('is repeated without them by the next attempt', async () => {
    await storeWith({ quotaBytes: 1_000_000 });
    const { state, requests } = store.emulator;
    await state.writeFile('/Holiday.mov', Buffer.alloc(500_000));
    const document = documentFor(store.destination, { size: 600_000 });
    let checkpoint: Checkpoint | undefined;
    const saveCheckpoint = async (saved: Checkpoint) => {
      checkpoint = saved;
    };
    await expect(store.destination.put(document, { saveCheckpoint })).rejects.toMatchObject({ code: 'destination.quota_exceeded' });
    state.remove('/Holiday.mov');
    requests.mark('again');
    expect((await store.connect().put(document, { checkpoint, saveCheckpoint })).outcome).toBe('stored');
    const again = requests.list({ since: 'again', path: /upload_session/ });
    expect(again.map(({ requestBytes }) => requestBytes)).toEqual([0, 0]);
  });
});

describe('links', () => {
  it('are not made unless they are asked for', async () => {
    await storeWith();
    expect((await put()).copy.webUrl).toBeUndefined();
    expect(store.emulator.state.links).toEqual([]);
  });

  it('are never public, and are found again', async () => {
    await storeWith({}, { link: 'no_one' });
    const document = documentFor(store.destination);
    const first = await store.destination.put(document);
    const again = await store.destination.put(document);
    expect(first.copy.webUrl).toMatch(/^https:/);
    expect(again.copy.webUrl).toBe(first.copy.webUrl);
    expect(store.emulator.state.links.map(({ audience }) => audience)).toEqual(['no_one']);
  });
});
