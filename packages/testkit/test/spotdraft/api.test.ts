import { expect, it } from 'vitest';
import { createEmulatorClock, startSpotDraftEmulator } from '../../src/emulators.ts';
import { call, json, startQuietEmulator, stopAfterTest } from './api-client.ts';

const v21 = 'v2.1/public';

const at = (day: number): Date => new Date(Date.UTC(2026, 0, day));

it('refuses requests without its credentials', async () => {
  const emulator = await startQuietEmulator();
  for (const headers of [{}, { 'client-id': emulator.clientId }, { 'client-id': emulator.clientId, 'client-secret': 'other' }]) {
    const response = await emulator.fetch(`${emulator.url}/api/${v21}/contracts/`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toHaveProperty('detail');
  }
  expect((await call(emulator, `GET ${v21}/contracts/`, { headers: { 'user-email': 'stranger@example.com' } })).status).toBe(403);
});

it('redirects a path whose slash differs, before it looks at credentials', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One' });
  for (const [wrong, right] of [
    [`GET ${v21}/contracts?limit=5`, `/api/${v21}/contracts/?limit=5`],
    [`GET v1/public/contracts/`, `/api/v1/public/contracts`],
    [`GET ${v21}/contracts/T-7/status/`, `/api/${v21}/contracts/T-7/status`],
    [`POST ${v21}/contracts/T-7/download_link/`, `/api/${v21}/contracts/T-7/download_link`],
    [`GET ${v21}/contracts/T-7/recipients`, `/api/${v21}/contracts/T-7/recipients/`],
    [`DELETE ${v21}/webhooks/5/`, `/api/${v21}/webhooks/5`],
  ] as const) {
    const response = await call(emulator, wrong, { headers: { 'client-secret': 'other' } });
    expect([response.status, response.headers.get('location')]).toEqual([302, right]);
  }
  expect((await call(emulator, `GET ${v21}/nothing`)).status).toBe(404);
  expect((await call(emulator, `PUT ${v21}/contracts/`)).status).toBe(405);
  expect((await call(emulator, 'POST v1/public/webhook-sample/')).status).toBe(404);
});

it('throttles more than ten requests in any second, and lets the next ones through afterwards', async () => {
  const clock = createEmulatorClock({ startAt: new Date('2026-03-01T00:00:00Z') });
  const emulator = await startQuietEmulator({ clock, rateLimit: { limit: 10, windowMs: 1000, retryAfter: true } });
  const statuses = async (count: number): Promise<number[]> =>
    Promise.all(Array.from({ length: count }, async () => (await call(emulator, `GET ${v21}/contract_types/`)).status));
  expect(await statuses(11)).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
  expect((await call(emulator, `GET ${v21}/contract_types/`)).headers.get('retry-after')).toBe('1');
  clock.advance(1000);
  expect(await statuses(1)).toEqual([200]);
});

it('keeps T-7 and H-7 apart, and knows integers as T- contracts only', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'Seven of the templates' });
  emulator.state.addContract({ id: 'H-7', title: 'Seven of the past', status: 'EXECUTED' });
  emulator.state.addContract({ id: 'H-8', title: 'Eight of the past' });
  expect(await json(call(emulator, `GET ${v21}/contracts/T-7/status`))).toEqual({
    contract_status: 'DRAFT',
    contract_name: 'Seven of the templates',
  });
  expect(await json(call(emulator, `GET v2/public/contracts/H-7/status`))).toMatchObject({ contract_name: 'Seven of the past' });
  expect(await json(call(emulator, `GET v1/public/contracts/7/status`))).toMatchObject({ contract_name: 'Seven of the templates' });
  for (const route of [`GET ${v21}/contracts/7/status`, `GET v1/public/contracts/8/status`, `GET ${v21}/contracts/T-8/status`]) {
    expect((await call(emulator, route)).status).toBe(404);
  }
  expect(() => emulator.state.addContract({ id: 'T-7', title: 'Again' })).toThrow(RangeError);
  expect(emulator.state.addContract({ title: 'Next' }).id).toBe('T-1001');
});

it('lists in pages of at most a hundred', async () => {
  const emulator = await startQuietEmulator();
  for (let day = 1; day <= 25; day += 1) emulator.state.addContract({ title: `Contract ${day}`, createdAt: at(day) });
  const first = await json<{ results: { contract_name: string }[] }>(call(emulator, `GET ${v21}/contracts/`));
  expect(first).toMatchObject({ page: 1, limit: 10, total_results: 25 });
  expect(first.results.map((row) => row.contract_name)).toEqual(Array.from({ length: 10 }, (_none, index) => `Contract ${25 - index}`));
  const last = await json<{ results: unknown[] }>(call(emulator, `GET ${v21}/contracts/?page=3&limit=10`));
  expect(last.results).toHaveLength(5);
  expect(await json(call(emulator, `GET ${v21}/contracts/?page=9`))).toMatchObject({ total_results: 25, results: [] });
  const tooMany = await call(emulator, `GET ${v21}/contracts/?limit=101`);
  expect([tooMany.status, await tooMany.json()]).toEqual([400, { limit: ['Input should be less than or equal to 100'] }]);
  for (const query of ['page=0', 'limit=x']) expect((await call(emulator, `GET ${v21}/contracts/?${query}`)).status).toBe(400);
});

it('can refuse a page beyond the last one, and list in another order and with other ids', async () => {
  const emulator = await startQuietEmulator({ pageBeyondEnd: 'error', listOrder: 'oldest-first', listIds: 'number' });
  for (let day = 1; day <= 10; day += 1) emulator.state.addContract({ title: `Contract ${day}`, createdAt: at(day) });
  expect((await call(emulator, `GET ${v21}/contracts/?page=2`)).status).toBe(400);
  const { results } = await json<{ results: object[] }>(call(emulator, `GET ${v21}/contracts/?limit=1`));
  expect(results).toMatchObject([{ id: 1001, contract_name: 'Contract 1' }]);
});

it('filters lists', async () => {
  const emulator = await startQuietEmulator();
  const { state } = emulator;
  state.addContract({ id: 'T-7', title: 'Alpha', status: 'EXECUTED', createdAt: at(1), executedAt: at(5), tags: ['red'] });
  state.addContract({ id: 'H-7', title: 'Beta', status: 'EXECUTED', createdAt: at(2), executedAt: at(6), contractType: 'Lease, long' });
  state.addContract({ id: 'T-8', title: 'Gamma', createdAt: at(3), counterparties: ['Umbrella & Sons'], referenceId: 'REF-8' });
  const found = async (filters: Readonly<Record<string, string>>): Promise<string[]> => {
    const page = await json<{ results: { id: string }[] }>(
      call(emulator, `GET ${v21}/contracts/?${new URLSearchParams(filters).toString()}`),
    );
    return page.results.map(({ id }) => id);
  };
  expect(await found({ 'filter__contract_id[$in]': 'T-7,H-7' })).toEqual(['H-7', 'T-7']);
  expect(await found({ filter__contract_id: '7' })).toEqual([]);
  expect(await found({ 'filter__display_status[$eq]': 'EXECUTED' })).toEqual(['H-7', 'T-7']);
  expect(await found({ 'filter__display_status[$ne]': 'EXECUTED' })).toEqual(['T-8']);
  expect(
    await found({ 'filter__execution_date[$gte]': '2026-01-05T00:00:00Z', 'filter__execution_date[$lt]': '2026-01-06T00:00:00Z' }),
  ).toEqual(['T-7']);
  expect(await found({ 'filter__last_updated_on[$gt]': '2026-01-05T00:00:00+00:00' })).toEqual(['H-7']);
  expect(await found({ 'filter__contract_reference_id[$eq]': 'REF-8' })).toEqual(['T-8']);
  expect(await found({ 'filter__contract_type_name[$in]': String.raw`Lease\, long,Other` })).toEqual(['H-7']);
  expect(await found({ filter__client_name: 'Umbrella & Sons' })).toEqual(['T-8']);
  expect(await found({ filter__tags: 'red', query: 'alp' })).toEqual(['T-7']);
});

it.each([
  'filter__unknown=1',
  'filter__contract_id[$gt]=T-7',
  'filter__execution_date[$gte]=2026-01-05',
  'filter__contract_type_id=abc',
  'filter__display_status=COMPLETED',
  'sort=created',
])('refuses a list with %s', async (query) => {
  const response = await call(await startQuietEmulator(), `GET ${v21}/contracts/?${query}`);
  expect(response.status).toBe(400);
  expect(Object.values((await response.json()) as object)[0]).toEqual([expect.any(String)]);
});

it('follows a contract through its life', async () => {
  const clock = createEmulatorClock({ startAt: new Date('2026-03-01T10:00:00.250Z') });
  const emulator = await startQuietEmulator({ clock });
  const { state } = emulator;
  const { id, number, recipients } = state.createContract({ title: 'Services' });
  const status = async (): Promise<unknown> => (await json(call(emulator, `GET ${v21}/contracts/${id}/status`)))['contract_status'];
  state.sendToCounterparty(id);
  expect(await status()).toBe('REDLINING');
  state.requestSignatures(id);
  state.sign(id, { email: recipients[0]?.email ?? '' });
  expect(await status()).toBe('SIGN');
  state.declineSignature(id, { email: recipients[1]?.email ?? '' });
  expect(await status()).toBe('SIGN');
  expect(await json(call(emulator, `GET ${v21}/contracts/${id}/recipients/`))).toMatchObject({
    items: [{ recipient_action: { is_success: true } }, { recipient_action: { is_success: false } }],
  });
  state.sign(id, { email: recipients[1]?.email ?? '' });
  expect(await status()).toBe('EXECUTED');
  expect(await json(call(emulator, `GET ${v21}/contracts/${number}/process_metrics/`))).toMatchObject({
    contract_executed_datetime: '2026-03-01T10:00:00.250000Z',
    contract_status: 'COMPLETED',
    contract_signed_by_signatory_list: [{ is_creator_party: true }, { is_creator_party: false }],
  });
  expect(await json(call(emulator, `GET ${v21}/contracts/${id}/recipients/`))).toMatchObject({
    items: [{ status: 'COMPLETED', recipient_action: { is_success: true } }, { status: 'COMPLETED' }],
  });
  expect(() => state.void(id)).toThrow(RangeError);
  state.delete(id);
  expect((await call(emulator, `GET ${v21}/contracts/${id}/status`)).status).toBe(404);
});

it('reads and writes metadata values, all or none', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({
    id: 'T-7',
    title: 'One',
    keyPointers: { effective_date: '2026-01-01', amount: { type: 'USD', value: 5 }, empty: null },
  });
  emulator.state.addressBook.keyPointer('archive_reference');
  const path = `${v21}/contracts/T-7/key_pointers`;
  expect(await json(call(emulator, `GET ${path}`))).toMatchObject([
    { field_name: 'effective_date', label: 'Effective date', data_type: 'date', value: '2026-01-01' },
    { field_name: 'amount', value: { type: 'USD', value: 5 } },
    { field_name: 'empty', value: null },
  ]);
  const bad = [
    { key_pointer_field_name: 'archive_reference', value: 'x' },
    { key_pointer_field_name: 'nobody', value: 1 },
  ];
  const refused = await call(emulator, `POST ${path}/bulk`, { body: { key_pointers: bad } });
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { key_pointers: { 1: { key_pointer_field_name: ['Unknown key pointer'] } } },
  ]);
  expect(await json<object[]>(call(emulator, `GET ${path}`))).toHaveLength(3);
  await call(emulator, `POST ${path}/bulk`, { body: { key_pointers: bad.slice(0, 1) } });
  expect(await json(call(emulator, `GET v2/public/contracts/T-7/key_pointers`))).toMatchObject([{}, {}, {}, { value: 'x' }]);
  const definitions = await json<object[]>(call(emulator, `GET ${v21}/key_pointers/?contract_type_id=101`));
  expect(definitions[0]).toMatchObject({ descriptors: [{ variable: 'effective_date', type: 'date' }] });
  expect((await call(emulator, `GET ${v21}/key_pointers/`)).status).toBe(400);
});

it.each([
  ['replace', { id: 'B' }],
  ['merge', { id: 'B', record_data: { stage: 'won' } }],
] as const)('writes external metadata (%s) and finds contracts by it', async (externalMetadataWrites, expected) => {
  const emulator = await startQuietEmulator({ externalMetadataWrites });
  emulator.state.addContract({ id: 'T-7', title: 'One', externalMetadata: { id: 'A/1', record_data: { stage: 'won' } } });
  emulator.state.addContract({ id: 'T-8', title: 'Two' });
  expect(await json(call(emulator, `GET ${v21}/contracts/by_external_metadata/A%2F1`))).toMatchObject([[{ id: 7 }]]);
  const path = `${v21}/contracts/T-7/external_metadata`;
  await call(emulator, `POST ${path}`, { body: { external_metadata: { id: 'B' } } });
  expect(await json(call(emulator, `GET ${path}`))).toEqual({ external_metadata: expected });
  expect(await json(call(emulator, `GET ${v21}/contracts/T-8/external_metadata`))).toEqual({ external_metadata: {} });
  expect((await call(emulator, `POST ${path}`, { body: { external_metadata: { object_configuration_id: 'x' } } })).status).toBe(400);
});

it('writes comments, naming the people they mention, and refuses empty ones', async () => {
  const emulator = await startQuietEmulator();
  emulator.state.addContract({ id: 'T-7', title: 'One' });
  const path = `${v21}/contracts/7/comments/`;
  const created = await call(emulator, `POST ${path}`, { body: { comment: 'Stored, !!@501!!' } });
  expect([created.status, await created.json()]).toMatchObject([201, { contract_id: 7, comment: 'Stored, ines.okafor@example.com' }]);
  const refused = await call(emulator, `POST ${path}`, { body: { comment: ' ' } });
  expect([refused.status, await refused.json()]).toEqual([400, { comment: ['This field may not be blank.'] }]);
  expect(await json(call(emulator, `GET ${path}`))).toMatchObject({
    total_results: 1,
    results: [{ comment: 'Stored, ines.okafor@example.com' }],
  });
});

it('lists what a contract is related to, as far as it still exists', async () => {
  const emulator = await startQuietEmulator();
  for (const id of ['T-1', 'T-2', 'T-3']) emulator.state.addContract({ id, title: id });
  emulator.state.relate('T-1', { to: 'T-2', relation: 'PARENT' });
  emulator.state.relate('T-1', { to: 'T-3', relation: 'AMENDMENT' });
  emulator.state.delete('T-3');
  expect(await json(call(emulator, `GET ${v21}/contracts/1/related_contracts/`))).toMatchObject({
    total_results: 1,
    results: [{ contract: { id: 2, name: 'T-2' }, relation_type: 'PARENT' }],
  });
});

it('takes uploads of executed contracts, versions and supporting documents', async () => {
  const emulator = await startQuietEmulator();
  const { state } = emulator;
  const entity = state.addressBook.entity('Northwind');
  const contractType = state.addressBook.contractType('Lease');
  const pdf = Buffer.from('%PDF-1.7 one %%EOF').toString('base64');
  const body = {
    contract_name: 'Import',
    file_name: 'a.pdf',
    file_content: pdf,
    contract_type_id: contractType.id,
    organization_entity_id: entity.id,
  };
  const imported = await json<{ id: string }>(call(emulator, `POST ${v21}/contracts/executed_contracts/`, { body }));
  expect(imported).toMatchObject({ id: 'T-1001', contract_status: 'EXECUTED', contract_type_name: 'Lease' });
  const docx = await call(emulator, `POST ${v21}/contracts/executed_contracts/`, { body: { ...body, file_content: 'UEsDBA==' } });
  expect([docx.status, await docx.json()]).toMatchObject([
    400,
    { status_code: 400, code: expect.stringMatching(/^SD_[A-Z]+_\d{5}$/) as unknown },
  ]);
  const before = state.get('T-1001').versions.at(-1)?.id;
  const version = { document_name: 'b.pdf', document_base_64: pdf, is_executed_version: true };
  expect((await call(emulator, `POST ${v21}/contracts/1001/contract_version/`, { body: version })).status).toBe(201);
  expect(state.get('T-1001').versions.at(-1)?.id).not.toBe(before);
  const supporting = { name: 'Annex', file_name: 'c.pdf', file_base64: pdf };
  expect((await call(emulator, `POST ${v21}/supported_documents/T-1001/`, { body: supporting })).status).toBe(201);
});

it('sends the error shapes that SpotDraft sends', async () => {
  const emulator = await startQuietEmulator({ hasFullTextSearch: true });
  emulator.state.addContract({ id: 'T-7', title: 'One', text: 'first\nsecond' });
  expect(await json(call(emulator, `GET ${v21}/contracts/T-9/content`))).toEqual({ error: 'Contract not found' });
  expect(await json(call(emulator, `GET ${v21}/contracts/T-9/key_pointers`))).toEqual({ detail: 'Not found.' });
  expect(await json(call(emulator, `GET ${v21}/contracts/T-7/content?text_format=segments`))).toMatchObject({
    segments: [{ segment_text: 'first' }, { segment_text: 'second' }],
  });
  emulator.faults.inject({ kind: 'status', status: 503 });
  expect((await call(emulator, `GET ${v21}/contracts/`)).headers.get('content-type')).toBe('text/html');
  emulator.faults.inject({ kind: 'status', status: 402 });
  expect(await json(call(emulator, `GET ${v21}/contracts/`))).toMatchObject({ status_code: 402, code: expect.any(String) as unknown });
  const noJson = await emulator.fetch(`${emulator.url}/api/${v21}/contracts/7/comments/`, {
    method: 'POST',
    headers: { 'client-id': emulator.clientId, 'client-secret': emulator.clientSecret },
    body: 'comment=x',
  });
  expect(noJson.status).toBe(415);
});

it('serves the same over real HTTP', async () => {
  const emulator = stopAfterTest(await startSpotDraftEmulator());
  emulator.state.addContract({ id: 'T-7', title: 'One' });
  const headers = { 'Client-ID': emulator.clientId, 'Client-Secret': emulator.clientSecret };
  const response = await fetch(`${emulator.url}/api/${v21}/contracts/T-7/status`, { headers });
  expect(await response.json()).toEqual({ contract_status: 'DRAFT', contract_name: 'One' });
  expect(emulator.requests.all[0]?.headers).toMatchObject({ 'client-id': '[redacted]', 'client-secret': '[redacted]' });
  expect(new URL(emulator.urls.storage).port).not.toBe(new URL(emulator.url).port);
});
