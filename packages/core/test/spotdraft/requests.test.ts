import { expect, it } from 'vitest';
import type { SpotDraftClient } from '../../src/index.ts';
import { failureOf, testClient } from './test-client.ts';

const first = (rows: AsyncIterable<unknown>): Promise<unknown> => rows[Symbol.asyncIterator]().next();
const webhook = { title: 'Archive', url: 'https://example.com/hook', activities: ['CONTRACT_EXECUTED'], customHeaders: { 'X-Key': 'k' } };
const metadata = { id: 'a', integrationName: 'CRM', recordType: 'Account', recordData: { b: 1 } };

type Call = (client: SpotDraftClient) => Promise<unknown>;

// The slashes are SpotDraft's: a path that has one more or less is redirected.
const requests: [string, string, Call, unknown?][] = [
  ['status', 'GET /contracts/H-7/status', (client) => client.contracts.status('H-7')],
  ['list', 'GET /contracts/', (client) => first(client.contracts.list())],
  ['download', 'POST /contracts/H-7/download', (client) => client.contracts.download('H-7')],
  [
    'downloadLink',
    'POST /contracts/H-7/download_link',
    (client) => client.contracts.downloadLink('H-7', { format: 'DOCX' }),
    { format: 'DOCX' },
  ],
  [
    'downloadDocx',
    'POST /contracts/7/download_docx/',
    (client) => client.contracts.downloadDocx('T-7'),
    { fallback_to_last_available_docx: false },
  ],
  ['content', 'GET /contracts/H-7/content', (client) => client.contracts.content('H-7', { format: 'segments', versionId: '3' })],
  ['keyPointers', 'GET /contracts/H-7/key_pointers', (client) => client.contracts.keyPointers('H-7')],
  [
    'setKeyPointers',
    'POST /contracts/H-7/key_pointers/bulk',
    (client) =>
      client.contracts.setKeyPointers('H-7', [
        { fieldName: 'term', value: { days: 3 } },
        { id: '100', value: 'x' },
      ]),
    {
      key_pointers: [
        { key_pointer_field_name: 'term', value: { days: 3 } },
        { key_pointer_id: 100, value: 'x' },
      ],
    },
  ],
  ['recipients', 'GET /contracts/H-7/recipients/', (client) => client.contracts.recipients('H-7')],
  ['processMetrics', 'GET /contracts/7/process_metrics/', (client) => client.contracts.processMetrics('T-7')],
  ['relatedContracts', 'GET /contracts/7/related_contracts/', (client) => first(client.contracts.relatedContracts('T-7'))],
  ['externalMetadata', 'GET /contracts/H-7/external_metadata', (client) => client.contracts.externalMetadata('H-7')],
  [
    'setExternalMetadata',
    'POST /contracts/H-7/external_metadata',
    (client) => client.contracts.setExternalMetadata('H-7', metadata),
    { external_metadata: { id: 'a', integration_name: 'CRM', record_type: 'Account', record_data: { b: 1 } } },
  ],
  ['findByExternalMetadata', 'GET /contracts/by_external_metadata/a1', (client) => client.contracts.findByExternalMetadata('a1')],
  ['comments', 'GET /contracts/7/comments/', (client) => first(client.contracts.comments('T-7'))],
  ['addComment', 'POST /contracts/7/comments/', (client) => client.contracts.addComment('T-7', 'Archived.'), { comment: 'Archived.' }],
  ['notes', 'GET /contracts/H-7/notes', (client) => client.contracts.notes('H-7')],
  ['keyPointers.list', 'GET /key_pointers/', (client) => client.keyPointers.list({ contractTypeId: 12, isExternal: true })],
  ['contractTypes.list', 'GET /contract_types/', (client) => client.contractTypes.list()],
  ['counterparties.list', 'GET /counter_parties/', (client) => first(client.counterparties.list({ email: 'a@b.example' }))],
  ['counterparties.find', 'GET /counter_parties/102', (client) => client.counterparties.find('102')],
  ['entities.list', 'GET /organizations/entities/', (client) => client.entities.list()],
  [
    'webhooks.create',
    'POST /webhooks/',
    (client) => client.webhooks.create(webhook),
    { title: 'Archive', url: 'https://example.com/hook', only_for_activities: ['CONTRACT_EXECUTED'], custom_headers: { 'X-Key': 'k' } },
  ],
  ['webhooks.delete', 'DELETE /webhooks/511', (client) => client.webhooks.delete(511)],
  ['webhooks.hmacKey', 'GET /webhooks/hmac_key/', (client) => client.webhooks.hmacKey()],
  [
    'webhooks.retriggerLatest',
    'POST /contracts/webhooks/re_trigger_latest/',
    (client) => client.webhooks.retriggerLatest(['T-1', 'T-2']),
    { contract_ids: [1, 2] },
  ],
];

it.each(requests)('%s sends %s', async (_name, request, call, body) => {
  const { client, sent } = testClient([Response.json({})]);
  await call(client).catch(() => {});
  const [one] = sent;
  expect(`${one?.method} ${one?.url.pathname.replace('/api/v2.1/public', '')}`).toBe(request);
  expect(one?.body ? JSON.parse(one.body) : undefined).toEqual(body);
  expect(one?.headers.get('content-type')).toBe(body === undefined ? null : 'application/json');
});

const numberOnly: [string, Call][] = [
  ['downloadDocx', (client) => client.contracts.downloadDocx('H-7')],
  ['processMetrics', (client) => client.contracts.processMetrics('H-7')],
  ['relatedContracts', (client) => first(client.contracts.relatedContracts('H-7'))],
  ['comments', (client) => first(client.contracts.comments('H-7'))],
  ['addComment', (client) => client.contracts.addComment('H-7', 'x')],
  ['webhooks.retriggerLatest', (client) => client.webhooks.retriggerLatest(['T-1', 'H-7'])],
];

it.each(numberOnly)('%s refuses a historical contract, whose number means another one there', async (_name, call) => {
  const { client, sent } = testClient([Response.json({})]);
  expect(await failureOf(call(client))).toMatchObject({
    code: 'spotdraft.invalid_request',
    recovery: 'never',
    details: { contractId: 'H-7' },
  });
  expect(sent).toHaveLength(0);
});

it.each(['7', '', 'T-', 'T-007', 't-7', 'X-7', 'T-7/../8', 'T-99999999999999999999'])('refuses %j in place of an id', async (id) => {
  const { client, sent } = testClient([Response.json({})]);
  for (const call of [client.contracts.status(id), client.contracts.downloadLink(id), client.contracts.processMetrics(id)]) {
    expect(await failureOf(call)).toMatchObject({ code: 'spotdraft.invalid_request', recovery: 'never' });
  }
  expect(sent).toHaveLength(0);
});

it('refuses an empty comment, and ids of webhooks and counterparties that are none', async () => {
  const { client, sent } = testClient([Response.json({})]);
  for (const call of [client.contracts.addComment('T-7', ' \n'), client.webhooks.delete('../x'), client.counterparties.find('a')]) {
    expect(await failureOf(call)).toMatchObject({ code: 'spotdraft.invalid_request' });
  }
  expect(sent).toHaveLength(0);
});

it.each([{}, { external_metadata: null }, { external_metadata: {} }])('knows that %j is no record', async (answer) => {
  const { client } = testClient([Response.json(answer)]);
  await expect(client.contracts.externalMetadata('T-7')).resolves.toBeUndefined();
});

it('takes a 404 for no record only when SpotDraft means the record, not the contract', async () => {
  const record = testClient([Response.json({ detail: 'x', code: 'SD_INTEGRATIONS_00021' }, { status: 404 })]);
  await expect(record.client.contracts.externalMetadata('T-7')).resolves.toBeUndefined();
  const contract = testClient([Response.json({ detail: 'Not found.' }, { status: 404 })]);
  expect(await failureOf(contract.client.contracts.externalMetadata('T-7'))).toMatchObject({ code: 'spotdraft.not_found' });
});

it('keeps the custom headers of a webhook out of sight', async () => {
  const { client } = testClient([
    Response.json({ id: 511, title: 'Archive', custom_headers: { 'X-Key': 'second-secret' }, status: 'ACTIVE' }),
  ]);
  const created = await client.webhooks.create(webhook);
  expect(created).toMatchObject({ id: '511', status: 'ACTIVE' });
  expect(JSON.stringify(created)).not.toContain('second-secret');
  expect(created.raw).toHaveProperty('custom_headers');
});
