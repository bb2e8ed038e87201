import { expect, it } from 'vitest';
import { failureOf, testClient } from './test-client.ts';

const page = (rows: readonly object[]) => Response.json({ page: 1, limit: 100, total_results: rows.length, results: rows });
const row = (id: unknown, others: object = {}) => ({ id, contract_name: 'NDA', contract_status: 'EXECUTED', ...others });

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = [];
  for await (const one of rows) collected.push(one);
  return collected;
}

it('writes every filter as SpotDraft wants it', async () => {
  const { client, sent } = testClient([page([])]);
  await collect(
    client.contracts.list({
      status: 'EXECUTED',
      executedFrom: new Date('2026-01-01T00:00:00Z'),
      executedTo: '2026-03-31',
      updatedFrom: '2026-01-01T02:00:00+02:00',
      createdTo: '2026-05-01',
      contractIds: ['T-7', 'H-7', 'T-7'],
      referenceId: 'SD-7',
      contractTypeId: 12,
      counterpartyName: ['Acme, Inc.', 'Globex'],
      tags: 'vendor',
      query: 'acme & sons',
      pageSize: 20,
    }),
  );
  expect(sent[0]?.url.pathname).toBe('/api/v2.1/public/contracts/');
  expect(sent[0]?.url.search).not.toMatch(/[[\]$]/);
  expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual({
    filter__display_status: 'EXECUTED',
    'filter__execution_date[$gte]': '2026-01-01T00:00:00.000Z',
    'filter__execution_date[$lte]': '2026-03-31T23:59:59.999999Z',
    'filter__last_updated_on[$gte]': '2026-01-01T00:00:00.000Z',
    'filter__created_at[$lte]': '2026-05-01T23:59:59.999999Z',
    'filter__contract_id[$in]': 'T-7,H-7',
    filter__contract_reference_id: 'SD-7',
    filter__contract_type_id: '12',
    'filter__client_name[$in]': 'Acme\\, Inc.,Globex',
    filter__tags: 'vendor',
    query: 'acme & sons',
    page: '1',
    limit: '20',
  });
});

it('lists nothing, rather than everything, for an empty list of ids or statuses', async () => {
  const { client, sent } = testClient([page([row('T-1')])]);
  expect(await collect(client.contracts.list({ contractIds: [] }))).toEqual([]);
  expect(await collect(client.contracts.list({ status: [] }))).toEqual([]);
  expect(sent).toHaveLength(0);
});

it('asks for many ids in parts', async () => {
  const { client, sent } = testClient([page([])]);
  await collect(client.contracts.list({ contractIds: Array.from({ length: 120 }, (_, index) => `T-${index + 1}`) }));
  expect(sent).toHaveLength(3);
});

it('refuses a date or an id that is none, before any request', async () => {
  const { client, sent } = testClient([page([])]);
  for (const filters of [{ executedFrom: 'last week' }, { executedTo: new Date(Number.NaN) }, { contractIds: ['7'] }]) {
    expect(await failureOf(collect(client.contracts.list(filters)))).toMatchObject({ code: 'spotdraft.invalid_request' });
  }
  expect(sent).toHaveLength(0);
});

it.each([
  ['T-34211', 'T-34211', 34211],
  ['H-2342', 'H-2342', 2342],
  [1234, undefined, 1234],
  ['1234', undefined, 1234],
])('reads the id %s', async (id, contractId, numericId) => {
  const { client } = testClient([page([row(id)])]);
  const [contract] = await collect(client.contracts.list());
  expect([contract?.contractId, contract?.numericId]).toEqual([contractId, numericId]);
});

it('reads all that a row tells, and keeps the rest reachable', async () => {
  const raw = row('T-7', {
    reference_id: 'SD-7',
    contract_type_name: 'Vendor',
    contract_type_id: 12,
    counter_party_name: 'Acme, Inc.',
    created: '2026-01-02T03:04:05Z',
    created_by: 'Somebody',
    created_by_user_name: 'Owner',
    created_by_user_email: 'owner@example.com',
    created_by_workspace: 1,
    contract_link: 'https://app.spotdraft.com/contracts/v2/7',
    external_metadata: { id: 5, record_type: 'Account' },
    shiny: 'new',
  });
  const { client } = testClient([page([raw])]);
  const [contract] = await collect(client.contracts.list());
  expect(contract).toEqual({
    contractId: 'T-7',
    numericId: 7,
    title: 'NDA',
    status: 'EXECUTED',
    referenceId: 'SD-7',
    contractType: 'Vendor',
    contractTypeId: '12',
    counterparties: ['Acme, Inc.'],
    owner: { name: 'Owner', email: 'owner@example.com' },
    createdAt: new Date('2026-01-02T03:04:05Z'),
    workspaceId: '1',
    webUrl: 'https://app.spotdraft.com/contracts/v2/7',
    externalMetadata: { id: '5', integrationName: undefined, recordType: 'Account', recordData: {}, objectConfigurationId: undefined },
  });
  expect(contract?.raw).toEqual(raw);
  expect(JSON.stringify(contract)).not.toContain('shiny');
});

it('copes with a row of which little is there', async () => {
  const { client } = testClient([page([{ id: 'T-7', contract_name: null, contract_status: 'SOMETHING_NEW', created: 'soon', owner: 3 }])]);
  expect(await collect(client.contracts.list())).toMatchObject([
    { title: '', status: 'SOMETHING_NEW', createdAt: undefined, counterparties: [] },
  ]);
});

it('keeps two contracts apart that share a number which is all the list shows', async () => {
  const { client } = testClient([
    page([row(7, { reference_id: 'SD-7' }), row(7, { reference_id: 'SDH-7' }), row(7, { reference_id: 'SD-7' })]),
  ]);
  expect(await collect(client.contracts.list())).toHaveLength(2);
});

it('finds rows in a list within a list', async () => {
  const { client, sent } = testClient([Response.json([[row(7), row('H-8')]])]);
  expect(await client.contracts.findByExternalMetadata('a/b c')).toHaveLength(2);
  expect(sent[0]?.url.pathname).toBe('/api/v2.1/public/contracts/by_external_metadata/a%2Fb%20c');
});

it.each(['', '.', '..'])('refuses the external id %j, which would climb up the path', async (externalId) => {
  const { client, sent } = testClient([Response.json([])]);
  expect(await failureOf(client.contracts.findByExternalMetadata(externalId))).toMatchObject({ code: 'spotdraft.invalid_request' });
  expect(sent).toHaveLength(0);
});

it('finds one contract, and nothing where there is none', async () => {
  expect(await testClient([page([row('T-7')])]).client.contracts.find('T-7')).toMatchObject({ contractId: 'T-7' });
  expect(await testClient([page([row('7')])]).client.contracts.find('H-7')).toMatchObject({ contractId: 'H-7', numericId: 7 });
  expect(await testClient([page([])]).client.contracts.find('T-7')).toBeUndefined();
  expect(await testClient([page([row('H-7')])]).client.contracts.find('T-7')).toBeUndefined();
});

it('does not choose between two contracts of one number', async () => {
  const rows = [row(7, { reference_id: 'SD-7' }), row(7, { reference_id: 'SDH-7' })];
  expect(await failureOf(testClient([page(rows)]).client.contracts.find('T-7'))).toMatchObject({ code: 'spotdraft.contract_unresolved' });
});
