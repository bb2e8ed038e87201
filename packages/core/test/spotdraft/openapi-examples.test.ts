import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SpotDraftClient } from '../../src/index.ts';
import { testClient } from './test-client.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface OpenApi {
  readonly paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, Content> }> }>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

// SpotDraft's own description of its interface. It is not part of the repository: put it beside it to run these.
const openApi = readBesideRepository('shared/reference/spotdraft-openapi.json') as OpenApi | undefined;

type Call = (client: SpotDraftClient) => Promise<unknown>;

const calls: Readonly<Record<string, Call>> = {
  'GET /contracts/': (client) => collect(client.contracts.list()),
  'GET /contracts/{composite_id}/status': (client) => client.contracts.status('T-1'),
  'POST /contracts/{composite_id}/download_link': (client) => client.contracts.downloadLink('T-1'),
  'GET /contracts/{composite_id}/content': (client) => client.contracts.content('T-1'),
  'GET /contracts/{composite_id}/key_pointers': (client) => client.contracts.keyPointers('T-1'),
  'POST /contracts/{composite_id}/key_pointers/bulk': (client) => client.contracts.setKeyPointers('T-1', []),
  'GET /contracts/{composite_id}/notes': (client) => client.contracts.notes('T-1'),
  'GET /contracts/{composite_id}/recipients/': (client) => client.contracts.recipients('T-1'),
  'GET /contracts/{contract_id}/process_metrics/': (client) => client.contracts.processMetrics('T-1'),
  'GET /contracts/{contract_id}/related_contracts/': (client) => collect(client.contracts.relatedContracts('T-1')),
  'GET /contracts/{contract_id}/comments/': (client) => collect(client.contracts.comments('T-1')),
  'POST /contracts/{contract_id}/comments/': (client) => client.contracts.addComment('T-1', 'x'),
  'GET /contracts/{contract_id}/external_metadata': (client) => client.contracts.externalMetadata('T-1'),
  'POST /contracts/{contract_id}/external_metadata': (client) => client.contracts.setExternalMetadata('T-1', { id: 'x', recordData: {} }),
  'GET /contracts/by_external_metadata/{external_metadata_id}': (client) => client.contracts.findByExternalMetadata('x'),
  'GET /contract_types/': (client) => client.contractTypes.list(),
  'GET /counter_parties/': (client) => collect(client.counterparties.list()),
  'GET /counter_parties/{counterparty_id}': (client) => client.counterparties.find(1),
  'GET /organizations/entities/': (client) => client.entities.list(),
  'GET /key_pointers/': (client) => client.keyPointers.list(),
  'POST /webhooks/': (client) => client.webhooks.create({ title: 'x', url: 'https://x.example', activities: ['CONTRACT_EXECUTED'] }),
  'GET /webhooks/hmac_key/': (client) => client.webhooks.hmacKey(),
  'POST /contracts/webhooks/re_trigger_latest/': async (client) => (await client.webhooks.retriggerLatest(['T-1'])) ?? 'done',
};

// Lists of v1 and v2 show what v2.1 may show one day: ids in other forms.
const otherVersions = {
  'GET /contracts/': ['/api/v1/public/contracts', '/api/v2/public/contracts/'],
  'GET /contracts/{composite_id}/status': [
    '/api/v1/public/contracts/{contract_id}/status',
    '/api/v2/public/contracts/{composite_id}/status',
  ],
  'POST /contracts/{composite_id}/download_link': [
    '/api/v1/public/contracts/{contract_id}/download_link',
    '/api/v2/public/contracts/{composite_id}/download_link',
  ],
  'GET /contracts/{composite_id}/key_pointers': ['/api/v2/public/contracts/{composite_id}/key_pointers'],
  'GET /contracts/by_external_metadata/{external_metadata_id}': [
    '/api/v1/public/contracts/by_external_metadata/{external_metadata_id}',
    '/api/v2/public/contracts/by_external_metadata/{external_metadata_id}',
  ],
} as Readonly<Record<string, readonly string[]>>;

const examples = Object.keys(calls).flatMap((route) => {
  const [method = '', path = ''] = route.split(' ');
  const paths = [`/api/v2.1/public${path}`, ...(otherVersions[route] ?? [])];
  return paths.flatMap((full) =>
    examplesOf(full, method).map((example, index) => ({ route, name: `${method} ${full} #${index + 1}`, example })),
  );
});

describe.skipIf(openApi === undefined)("SpotDraft's description (skipped without ../shared/reference/spotdraft-openapi.json)", () => {
  it('has an example for every endpoint but one', () => {
    const routes = new Set(examples.map(({ route }) => route));
    expect(Object.keys(calls).filter((route) => !routes.has(route))).toEqual(['GET /key_pointers/']);
  });

  it.each(examples)('$name is read', async ({ route, example }) => {
    const { client } = testClient([Response.json(example)]);
    const result = await calls[route]?.(client);
    expect(result).toBeTruthy();
    expect(Array.isArray(result) ? result.length : 1).toBe(rowCount(example));
    expect(missingIds(result)).toEqual([]);
  });

  it.each(failures())('$name becomes an error', async ({ route, status, example }) => {
    const { client } = testClient([Response.json(example, { status })]);
    const error = await calls[route]?.(client).catch((failure: unknown) => failure);
    expect(error).toMatchObject({ name: 'SpotDraftError', status });
  });
});

function examplesOf(path: string, method: string, statuses: readonly string[] = ['200', '201']): unknown[] {
  const responses = openApi?.paths[path]?.[method.toLowerCase()]?.responses ?? {};
  return Object.entries(responses)
    .filter(([status]) => statuses.includes(status))
    .flatMap(([, { content = {} }]) => Object.values(content))
    .flatMap(({ schema, example, examples: given = {} }) => [
      ...Object.values(given).map(({ value }) => value),
      ...(example === undefined ? [] : [example]),
      ...(schema === undefined ? [] : examplesOfSchema(schema)),
    ]);
}

function failures() {
  // Its 404 says that there is no record, which is no failure.
  const routes = Object.keys(calls).filter((route) => route !== 'GET /contracts/{contract_id}/external_metadata');
  return routes.flatMap((route) => {
    const [method = '', path = ''] = route.split(' ');
    return [400, 403, 404].flatMap((status) =>
      examplesOf(`/api/v2.1/public${path}`, method, [String(status)]).map((example) => ({
        route,
        status,
        example,
        name: `${route} ${status}`,
      })),
    );
  });
}

/** The examples of a schema; of a list those of its rows, each as a list; of an object the defaults of its fields. */
function examplesOfSchema({ $ref, ...schema }: Schema): unknown[] {
  if ($ref !== undefined) return examplesOfSchema(openApi?.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.examples !== undefined) return [...schema.examples];
  if (schema.items !== undefined) return examplesOfSchema(schema.items).map((example) => [example]);
  const results = schema.properties?.['results'];
  if (results !== undefined) return examplesOfSchema(results).map((rows) => ({ page: 1, limit: 10, total_results: 1, results: rows }));
  const defaults = defaultsOf(schema);
  return defaults === undefined ? [] : [defaults];
}

function defaultsOf({ default: given, properties = {} }: Schema): unknown {
  if (given !== undefined) return given;
  const fields = Object.entries(properties).map(([name, field]) => [name, defaultsOf(field)] as const);
  const known = fields.filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function rowCount(example: unknown): number {
  if (Array.isArray(example)) return example.flat().length;
  const { results, items } = example as { readonly results?: unknown[]; readonly items?: unknown[] };
  return (results ?? items ?? [example]).length;
}

/** Every row that has an id in the example has one in the result. */
function missingIds(result: unknown): unknown[] {
  const rows = Array.isArray(result) ? result : [result];
  return rows
    .filter((row) => typeof row === 'object')
    .filter((row: Record<string, unknown>) => ['id', 'numericId', 'relationId'].some((name) => name in row && row[name] === undefined));
}

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const collected: Row[] = [];
  for await (const row of rows) collected.push(row);
  return collected;
}

function readBesideRepository(path: string): unknown {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'pnpm-workspace.yaml')) && folder !== dirname(folder)) folder = dirname(folder);
  const file = join(dirname(folder), path);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
