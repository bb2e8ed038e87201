import { createRandomNumbers } from '../../fixtures/random-numbers.ts';
import type { EmulatedContract } from '../workspace/contract.ts';
import type { ApiContext, ApiRouter } from './api-context.ts';
import { filterOf } from './contract-filters.ts';
import { contractRow, type RowId } from './contract-row.ts';
import { pageOf } from './paging.ts';

/** Lists of contracts, and the look-up by external metadata, in all versions of the API. */
export function addListRoutes(router: ApiRouter): void {
  router
    .on('GET', '/api/v2.1/public/contracts/', ({ url, context }) => list(url.searchParams, context, context.behaviour.listIds))
    .on('GET', '/api/v2/public/contracts/', ({ url, context }) => list(url.searchParams, context, 'composite'))
    .on('GET', '/api/v1/public/contracts', ({ url, context }) => list(url.searchParams, context, 'number'));
  for (const version of ['v1', 'v2', 'v2.1']) {
    router.on('GET', `/api/${version}/public/contracts/by_external_metadata/:externalId`, ({ params, context }) =>
      findByExternalId(params['externalId'] ?? '', context),
    );
  }
}

function list(query: URLSearchParams, { workspace, behaviour, now }: ApiContext, rowId: RowId): Response {
  const found = inOrder(workspace.contracts.filter(filterOf(query)), behaviour.listOrder, now);
  const page = pageOf(found, query, behaviour);
  const { workspaceId } = workspace;
  return Response.json({ ...page, results: page.results.map((contract) => contractRow(contract, { rowId, workspaceId })) });
}

function inOrder(newestFirst: EmulatedContract[], order: ApiContext['behaviour']['listOrder'], now: number): EmulatedContract[] {
  if (order === 'oldest-first') return newestFirst.toReversed();
  if (order === 'newest-first') return newestFirst;
  const random = createRandomNumbers(now);
  return newestFirst
    .map((contract) => ({ contract, place: random() }))
    .toSorted((first, second) => first.place - second.place)
    .map(({ contract }) => contract);
}

const mostRows = 50;

function findByExternalId(externalId: string, { workspace, behaviour }: ApiContext): Response {
  const { workspaceId } = workspace;
  const rows = workspace.contracts
    .filter(({ externalMetadata }) => idText(externalMetadata) === externalId)
    .slice(0, mostRows)
    .map((contract) => contractRow(contract, { rowId: 'number', workspaceId }));
  return Response.json(behaviour.externalMetadataRows === 'nested' ? [rows] : rows);
}

/** The id of an external record has no declared type; only a text or a number can be part of a path. */
function idText(externalMetadata: EmulatedContract['externalMetadata']): string | undefined {
  const id = externalMetadata?.['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
