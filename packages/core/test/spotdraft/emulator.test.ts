import { setTimeout as sleep } from 'node:timers/promises';
import { type SpotDraftEmulator, type SpotDraftEmulatorOptions, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { afterEach, expect, it } from 'vitest';
import {
  createSpotDraftClient,
  parseContractEvent,
  resolveContractId,
  type SpotDraftClient,
  type SpotDraftClientOptions,
} from '../../src/index.ts';
import { failureOf } from './test-client.ts';

let stop: (() => Promise<void>) | undefined;

afterEach(async () => {
  await stop?.();
  stop = undefined;
});

interface Pair {
  readonly emulator: SpotDraftEmulator;
  readonly client: SpotDraftClient;
}

/** An emulator behind real HTTP on this machine, and a client of it. */
async function start(options: SpotDraftEmulatorOptions = {}, clientOptions: Partial<SpotDraftClientOptions> = {}): Promise<Pair> {
  const emulator = await startSpotDraftEmulator({ rateLimit: false, ...options });
  stop = () => emulator.stop();
  const { url, clientId, clientSecret } = emulator;
  const fast = { requestsPerSecond: 1000, retry: { firstDelayMs: 1 } };
  return {
    emulator,
    client: createSpotDraftClient({ baseUrl: url, clientId, clientSecret, ...fast, ...clientOptions } as SpotDraftClientOptions),
  };
}

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = [];
  for await (const one of rows) collected.push(one);
  return collected;
}

function add25({ state }: SpotDraftEmulator): void {
  for (let number = 1; number <= 25; number += 1) {
    const status = number % 5 === 0 ? 'DRAFT' : 'EXECUTED';
    const executedAt = status === 'EXECUTED' ? new Date(Date.UTC(2026, 0, number)) : undefined;
    state.addContract({ id: `T-${number}`, title: `Contract ${number}`, status, executedAt });
  }
}

it.each([
  ['pages', {}, 4],
  ['pages that are refused beyond the end', { pageBeyondEnd: 'error' }, 4],
  ['numbers for ids', { listIds: 'number' }, 4],
  // Every request is answered in another order, so small pages could hide a row walk after walk.
  ['no order', { listOrder: 'shuffled' }, 13],
] as const)('walks a list with %s', async (_name, behaviour, pageSize) => {
  const { emulator, client } = await start(behaviour);
  add25(emulator);
  const rows = await collect(client.contracts.list({ status: 'EXECUTED', executedFrom: '2026-01-06', executedTo: '2026-01-25', pageSize }));
  const expected = [6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24];
  expect(rows.map(({ numericId }) => numericId).toSorted((one, other) => one - other)).toEqual(expected);
});

it('copes with a page size that is too large', async () => {
  const { emulator, client } = await start();
  add25(emulator);
  expect(await collect(client.contracts.list({ pageSize: 400 }))).toHaveLength(25);
});

it('reads everything about a contract', async () => {
  const { emulator, client } = await start();
  const { state } = emulator;
  const { id } = state.createContract({
    title: 'NDA',
    externalMetadata: { id: 'crm-1', record_type: 'Account' },
    keyPointers: { term: 'P1Y' },
  });
  const other = state.createContract({ title: 'Amendment' });
  state.relate(id, { to: other.id, relation: 'AMENDMENT' });
  state.execute(id);
  const { contracts } = client;
  expect(await contracts.status(id)).toEqual({ status: 'EXECUTED', title: 'NDA' });
  expect(await contracts.find(id)).toMatchObject({ contractId: id, title: 'NDA', status: 'EXECUTED' });
  expect(await contracts.keyPointers(id)).toMatchObject([{ fieldName: 'term', value: 'P1Y' }]);
  expect((await contracts.processMetrics(id)).executedAt).toBeInstanceOf(Date);
  expect((await contracts.recipients(id)).every(({ type, signedAt }) => type !== 'SIGNATORY' || signedAt instanceof Date)).toBe(true);
  expect(await collect(contracts.relatedContracts(id))).toMatchObject([{ title: 'Amendment', relation: 'AMENDMENT' }]);
  expect(await contracts.externalMetadata(id)).toMatchObject({ id: 'crm-1', recordType: 'Account' });
  expect(await contracts.findByExternalMetadata('crm-1')).toMatchObject([{ title: 'NDA' }]);
  expect(await contracts.content(id)).toHaveProperty('extractionStatus');
});

it('writes metadata, the external record and comments', async () => {
  const { emulator, client } = await start();
  const { id } = emulator.state.createContract({ title: 'NDA', keyPointers: { archive: '' } });
  const { contracts } = client;
  await contracts.setKeyPointers(id, [{ fieldName: 'archive', value: 'drive:1' }]);
  expect(await contracts.keyPointers(id)).toMatchObject([{ fieldName: 'archive', value: 'drive:1' }]);
  await contracts.setExternalMetadata(id, { id: 'x', integrationName: 'Archive', recordData: { a: 1 } });
  expect(await contracts.externalMetadata(id)).toMatchObject({ id: 'x', recordData: { a: 1 } });
  await contracts.addComment(id, 'Archived.');
  expect(await collect(contracts.comments(id))).toMatchObject([{ text: 'Archived.' }]);
});

it('adds a comment once, even when the reply is lost', async () => {
  const { emulator, client } = await start();
  const { id } = emulator.state.createContract({ title: 'NDA' });
  emulator.faults.inject({ kind: 'loseReply', method: 'POST', path: /comments/ });
  expect(await failureOf(client.contracts.addComment(id, 'Archived.'))).toMatchObject({ recovery: 'operator' });
  expect(await collect(client.contracts.comments(id))).toHaveLength(1);
});

it('reads documents without showing its credentials to the storage, and asks anew when the link expired', async () => {
  const { emulator, client } = await start({ linkLifetimeMs: 1 });
  const { id } = emulator.state.createContract({ title: 'NDA' });
  emulator.state.execute(id);
  const stale = await client.contracts.downloadLink(id);
  await sleep(5);
  expect(await failureOf(client.contracts.openLink(stale))).toMatchObject({ code: 'spotdraft.link_expired' });
  const { body } = await client.contracts.download(id);
  expect(await new Response(body).text()).toMatch(/^%PDF-/);
  expect(emulator.leakedCredentials()).toEqual([]);
});

it('announces the size and the hash of a document', async () => {
  const { emulator, client } = await start();
  const { id } = emulator.state.createContract({ title: 'NDA' });
  emulator.state.execute(id);
  const document = await client.contracts.openLink(await client.contracts.downloadLink(id));
  const bytes = await new Response(document.body).arrayBuffer();
  expect(document).toMatchObject({
    size: bytes.byteLength,
    mediaType: 'application/pdf',
    checksums: { md5: expect.stringMatching(/^[\da-f]{32}$/) },
  });
});

it('says so when a document breaks off on the way', async () => {
  const { emulator, client } = await start();
  const { id } = emulator.state.createContract({ title: 'NDA' });
  emulator.state.execute(id);
  emulator.faults.inject({ kind: 'cutResponse', origin: 'storage', afterBytes: 100 });
  const { body } = await client.contracts.openLink(await client.contracts.downloadLink(id));
  expect(await failureOf(new Response(body).arrayBuffer())).toMatchObject({ code: 'integrity.download_incomplete' });
});

it.each([
  ['a 503', { kind: 'status', status: 503, times: 2 }],
  ['a lost reply', { kind: 'loseReply' }],
  ['a cut answer', { kind: 'cutResponse', afterBytes: 3 }],
  ['silence', { kind: 'hang' }],
] as const)('gets through %s', async (_name, fault) => {
  const { emulator, client } = await start({}, { timeoutMs: 200 });
  const { id } = emulator.state.createContract({ title: 'NDA' });
  emulator.faults.inject({ ...fault, path: /status/ });
  await expect(client.contracts.status(id)).resolves.toMatchObject({ title: 'NDA' });
});

it('manages webhooks, and finds the contract of a webhook with one request', async () => {
  const { emulator, client } = await start();
  const { state } = emulator;
  const created = await client.webhooks.create({ title: 'Archive', url: 'https://example.com/hook', activities: ['CONTRACT_EXECUTED'] });
  expect(created).toMatchObject({ title: 'Archive', status: 'ACTIVE' });
  await client.webhooks.delete(created.id);
  expect(await failureOf(client.webhooks.delete(created.id))).toMatchObject({ code: 'spotdraft.not_found' });
  expect(Buffer.from(await client.webhooks.hmacKey(), 'base64').byteLength).toBeGreaterThan(0);
  state.addContract({ id: 'T-7', title: 'NDA', status: 'EXECUTED' });
  state.addContract({ id: 'H-7', title: 'Lease', status: 'EXECUTED' });
  const event = parseContractEvent({ contract_id: 7, activity: 'CONTRACT_EXECUTED', contract_title: 'NDA', contract_status: 'EXECUTED' });
  const hint = { contractId: Number(event.raw['contract_id']), title: 'NDA' };
  const before = emulator.requests.list().length;
  expect(await resolveContractId(hint, { spotdraft: client })).toMatchObject({ contractId: 'T-7', status: { status: 'EXECUTED' } });
  expect(emulator.requests.list().length - before).toBe(1);
  expect(await failureOf(resolveContractId(7, { spotdraft: client }))).toMatchObject({ code: 'spotdraft.contract_unresolved' });
});

it('gets everything through the rate limit of a strict SpotDraft', async () => {
  const rateLimit = { limit: 10, windowMs: 1000, retryAfter: false };
  const { client } = await start({ rateLimit }, { requestsPerSecond: 8, retry: { firstDelayMs: 300 } });
  await expect(Promise.all(Array.from({ length: 20 }, () => client.contractTypes.list()))).resolves.toHaveLength(20);
});

it('refuses wrong credentials with advice', async () => {
  const { client } = await start({ clientSecret: 'another' }, { clientSecret: 'not-this-one' });
  expect(await failureOf(client.contractTypes.list())).toMatchObject({ code: 'spotdraft.unauthorized', recovery: 'operator' });
});

it('reads the address book', async () => {
  const { emulator, client } = await start();
  emulator.state.createContract({ title: 'NDA', counterparties: ['Acme'] });
  expect((await client.contractTypes.list()).length).toBeGreaterThan(0);
  expect((await client.entities.list()).length).toBeGreaterThan(0);
  const [counterparty] = await collect(client.counterparties.list());
  expect(counterparty).toHaveProperty('name', 'Acme');
  expect(await client.counterparties.find(counterparty?.id ?? '')).toEqual(counterparty);
  expect(await client.counterparties.find(999_999)).toBeUndefined();
});
