import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { SpotDraftEmulator } from '../../src/emulators.ts';
import { type CallOptions, call, startQuietEmulator } from './api-client.ts';
import { readReferenceFile } from './reference-file.ts';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: { readonly format?: string } }>> }>
  >;
}

interface Example extends CallOptions {
  /** Method and path as the description has them. */
  readonly operation: string;
  /** What to put in the place of the path's parameters. @default 'T-7', or 7 for an integer, by the name of the parameter */
  readonly parameter?: string;
  readonly query?: string;
  /** @default 200 */
  readonly status?: number;
  readonly prepare?: (emulator: SpotDraftEmulator) => void;
}

const v21 = '/api/v2.1/public';
const file = Buffer.from('%PDF-1.7 %%EOF').toString('base64');

const examples: readonly Example[] = [
  { operation: `GET ${v21}/contracts/`, query: 'limit=50&filter__display_status[$in]=EXECUTED,DRAFT' },
  { operation: 'GET /api/v2/public/contracts/' },
  { operation: 'GET /api/v1/public/contracts' },
  ...['v1', 'v2', 'v2.1'].flatMap((version): Example[] => {
    const contract = `/api/${version}/public/contracts/{${version === 'v1' ? 'contract_id' : 'composite_id'}}`;
    const parameter = version === 'v1' ? '7' : 'T-7';
    return [
      { operation: `GET /api/${version}/public/contracts/by_external_metadata/{external_metadata_id}`, parameter: 'record-1' },
      { operation: `GET ${contract}/status`, parameter },
      { operation: `POST ${contract}/download`, parameter },
      { operation: `POST ${contract}/download_link`, parameter, body: { format: 'PDF' } },
    ];
  }),
  { operation: 'GET /api/v2/public/contracts/{composite_id}/key_pointers' },
  { operation: `GET ${v21}/contracts/{composite_id}/key_pointers` },
  {
    operation: `POST ${v21}/contracts/{composite_id}/key_pointers/bulk`,
    body: { key_pointers: [{ key_pointer_field_name: 'notice', value: 'x' }] },
  },
  { operation: `POST ${v21}/contracts/{contract_id}/download_docx/`, parameter: '7', body: { fallback_to_last_available_docx: true } },
  { operation: `GET ${v21}/contracts/{composite_id}/content` },
  { operation: `GET ${v21}/contracts/{composite_id}/content`, query: 'text_format=segments' },
  { operation: `GET ${v21}/contracts/{composite_id}/notes` },
  { operation: `GET ${v21}/contracts/{composite_id}/recipients/` },
  { operation: `GET ${v21}/contracts/{contract_id}/external_metadata`, parameter: 'T-7' },
  { operation: `POST ${v21}/contracts/{contract_id}/external_metadata`, parameter: 'T-7', body: { external_metadata: { id: 'record-2' } } },
  { operation: `GET ${v21}/contracts/{contract_id}/comments/`, parameter: '7' },
  { operation: `POST ${v21}/contracts/{contract_id}/comments/`, parameter: '7', body: { comment: 'Stored.' }, status: 201 },
  { operation: `GET ${v21}/contracts/{contract_id}/process_metrics/`, parameter: '7' },
  { operation: `GET ${v21}/contracts/{contract_id}/process_metrics/`, parameter: '99', status: 404 },
  { operation: `GET ${v21}/contracts/{contract_id}/related_contracts/`, parameter: '7' },
  {
    operation: `POST ${v21}/contracts/{contract_id}/contract_version/`,
    parameter: '7',
    body: { document_name: 'a.pdf', document_base_64: file, is_executed_version: true },
    status: 201,
  },
  {
    operation: `POST ${v21}/contracts/executed_contracts/`,
    body: { contract_name: 'A', file_name: 'a.pdf', file_content: file, contract_type_id: 101, organization_entity_id: 401 },
    status: 201,
  },
  {
    operation: `POST ${v21}/supported_documents/{contract_id}/`,
    parameter: 'T-7',
    body: { name: 'A', file_name: 'a.pdf', file_base64: file },
    status: 201,
  },
  { operation: `POST ${v21}/contracts/webhooks/re_trigger_latest/`, body: { contract_ids: [7] } },
  { operation: `POST ${v21}/contracts/webhooks/re_trigger_latest/`, body: { contract_ids: [99] }, status: 404 },
  {
    operation: `POST ${v21}/webhooks/`,
    body: { title: 'A', url: 'https://receiver.example.com/', only_for_activities: ['CONTRACT_EXECUTED'], custom_headers: { 'X-A': 'b' } },
    status: 201,
  },
  {
    operation: `POST ${v21}/webhooks/`,
    body: { title: 'A', url: 'http://receiver.example.com/', only_for_activities: ['CONTRACT_EXECUTED'] },
    status: 400,
  },
  { operation: `DELETE ${v21}/webhooks/{webhook_id}`, parameter: '77', status: 204, prepare: addWebhook },
  { operation: `DELETE ${v21}/webhooks/{webhook_id}`, parameter: '77', status: 404 },
  { operation: `GET ${v21}/webhooks/hmac_key/` },
  { operation: `GET ${v21}/contract_types/` },
  { operation: `GET ${v21}/counter_parties/` },
  { operation: `GET ${v21}/counter_parties/{counterparty_id}`, parameter: '301' },
  { operation: `GET ${v21}/key_pointers/`, query: 'contract_type_id=101' },
  { operation: `GET ${v21}/organizations/entities/` },
];

/** Operations which an archiver has no use for, and one which only documents what webhooks send. */
const notEmulated = [
  `GET ${v21}/contracts/{composite_id}/content/scanned`,
  `GET ${v21}/facets/`,
  `GET ${v21}/facets/options/{field_name}/`,
  `GET ${v21}/templates/`,
  `GET ${v21}/workspace/files/{file_id}/`,
  'POST /api/v1/public/webhook-sample/',
];

const openApi = readReferenceFile('spotdraft-openapi.json') as OpenApi | undefined;
describe.skipIf(openApi === undefined)(
  'answers as the file ../shared/reference/spotdraft-openapi.json describes, where it is present',
  () => {
    const { paths } = openApi ?? { paths: {} };
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema({ ...openApi, $id: 'spotdraft' });

    it.each(examples)('$operation $query', async ({ operation, parameter = 'T-7', query = '', status = 200, prepare, ...options }) => {
      const emulator = await startFilledEmulator();
      prepare?.(emulator);
      const [method = '', path = ''] = operation.split(' ');
      const response = await call(emulator, `${method} ${path.slice('/api/'.length).replace(/\{\w+\}/, parameter)}?${query}`, options);
      expect(response.status).toBe(status);
      const schema = paths[path]?.[method.toLowerCase()]?.responses[status]?.content?.['application/json']?.schema;
      if (schema === undefined || schema.format === 'binary') return;
      const steps = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', 'application/json', 'schema'];
      const $ref = `spotdraft#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
      const validate = ajv.compile({ $ref });
      validate(await response.json());
      expect(validate.errors ?? []).toEqual([]);
    });

    it('covers every operation of the description', () => {
      const described = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      const covered = new Set([...examples.map(({ operation }) => operation), ...notEmulated]);
      expect(described.filter((operation) => !covered.has(operation))).toEqual([]);
      expect([...covered].filter((operation) => !described.includes(operation))).toEqual([]);
    });

    it('sends webhooks as they are described', async () => {
      const bodies: unknown[] = [];
      const emulator = await startFilledEmulator(async (_input, init) => {
        bodies.push(JSON.parse(new TextDecoder().decode(init?.body as Uint8Array)));
        return new Response();
      });
      addWebhook(emulator);
      emulator.state.execute('T-7');
      emulator.state.acceptClickwrap({ title: 'Terms', counterparties: [{ name: 'A Person', isIndividual: true }] });
      emulator.state.importExecuted({ title: 'Import' });
      await emulator.deliveries.settled();
      const validate = ajv.compile({ $ref: 'spotdraft#/components/schemas/ContractActivityDomainModel' });
      for (const body of bodies) {
        validate(body);
        expect(validate.errors ?? []).toEqual([]);
      }
      expect(bodies).toHaveLength(5);
    });
  },
);

async function startFilledEmulator(webhookFetch?: typeof fetch): Promise<SpotDraftEmulator> {
  const emulator = await startQuietEmulator({ externalMetadataRows: 'flat', webhookFetch });
  const filled = { text: 'One\ntwo', note: 'A note', externalMetadata: { id: 'record-1', record_data: {} } };
  const keyPointers = { notice: 'ninety days', amount: 5, active: true, due: '2026-01-01', names: ['a'], term: { days: 730 } };
  emulator.state.addContract({ id: 'T-8', title: 'Draft' });
  emulator.state.addContract({ id: 'T-7', title: 'Full', status: 'EXECUTED', ...filled, keyPointers, docx: Buffer.from('PK') });
  emulator.state.relate('T-7', { to: 'T-8', relation: 'CHILD' });
  return emulator;
}

function addWebhook(emulator: SpotDraftEmulator): void {
  emulator.deliveries.subscribe({
    id: 77,
    title: 'A',
    url: 'https://receiver.example.com/',
    description: undefined,
    activities: ['CONTRACT_CREATED', 'CONTRACT_EXECUTED', 'CONTRACT_PROCESS_METRIC_UPDATED'],
    customHeaders: {},
    status: 'ACTIVE',
    failures: 0,
  });
}
