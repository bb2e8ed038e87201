import { DriveError, fileNotFound, invalid } from '../drive-error.ts';
import { applyFieldMask } from '../search/field-mask.ts';
import { matchItem } from '../search/match-item.ts';
import { parseSearchQuery } from '../search/search-query.ts';
import { describeItem } from '../state/describe-item.ts';
import type { DriveItem } from '../state/drive-item.ts';
import { isVisible } from '../state/drive-permissions.ts';
import type { ApiContext, ApiRequest, ApiRouter } from './api-context.ts';

const defaultFields = 'kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)';

export function addListRoutes(router: ApiRouter): void {
  router.on('GET', '/drive/v3/files', list);
}

function list({ url, context }: ApiRequest): Response {
  const { searchParams } = url;
  const query = searchParams.get('q') ?? '';
  const pageToken = searchParams.get('pageToken');
  const offset = readPageToken(pageToken, query);
  const pageSize = context.behaviour.shortPages ? Number(pageToken !== null) : readPageSize(searchParams.get('pageSize'));
  const found = sort(search(query, searchParams, context), searchParams.get('orderBy'));
  const page = found.slice(offset, offset + pageSize);
  const next = offset + pageSize < found.length ? { nextPageToken: writePageToken(offset + pageSize, query) } : {};
  const files = page.map((item) => describeItem(item, { caller: context.caller, find: context.state.find }));
  const answer = { kind: 'drive#fileList', incompleteSearch: false, ...next, files };
  return Response.json(applyFieldMask(answer, searchParams.get('fields') ?? defaultFields));
}

function readPageSize(text: string | null): number {
  const pageSize = Number(text ?? 100);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1000) throw invalid('Invalid value for pageSize.');
  return pageSize;
}

function search(query: string, searchParams: URLSearchParams, context: ApiContext): DriveItem[] {
  const { state, caller } = context;
  const { find } = state;
  const rootId = state.rootOf(caller.account).id;
  const isInCorpus = corpusFilter(searchParams, context);
  const expression = query.trim() === '' ? undefined : parseSearchQuery(query);
  return state.items.filter((item) => {
    const isRoot = item.parents.length === 0;
    if (isRoot || !isInCorpus(item) || !isVisible(item, caller, find)) return false;
    if (expression === undefined) return true;
    return matchItem(expression, item, { find, indexed: state.index.get(item.id), caller, rootId });
  });
}

/** https://developers.google.com/workspace/drive/api/guides/enable-shareddrives#search_for_content_on_a_shared_drive */
function corpusFilter(searchParams: URLSearchParams, { state, caller }: ApiContext): (item: DriveItem) => boolean {
  const includesDrives = searchParams.get('includeItemsFromAllDrives') === 'true';
  if (includesDrives && searchParams.get('supportsAllDrives') !== 'true') {
    throw new DriveError(403, 'teamDrivesUnsupported', 'supportsAllDrives must be set to true when includeItemsFromAllDrives is.');
  }
  const corpora = searchParams.get('corpora') ?? 'user';
  const driveId = searchParams.get('driveId');
  if (corpora === 'drive') {
    const drive = state.find(driveId ?? '');
    if (!includesDrives || driveId === null) throw invalid('corpora=drive needs driveId and includeItemsFromAllDrives.');
    if (drive === undefined || !isVisible(drive, caller, state.find)) throw fileNotFound(driveId);
    return (item) => item.driveId === driveId;
  }
  if (driveId !== null) throw invalid('driveId needs corpora=drive.');
  return (item) => item.driveId === undefined || includesDrives;
}

function sort(items: readonly DriveItem[], orderBy: string | null): readonly DriveItem[] {
  if (orderBy === null) return items;
  const [field, direction] = orderBy.split(',')[0]?.split(' ') ?? [];
  const sign = direction === 'desc' ? -1 : 1;
  switch (field) {
    case 'createdTime':
    case 'modifiedTime':
      return items.toSorted((a, b) => sign * (a[field] - b[field]));
    case 'name':
      return items.toSorted((a, b) => sign * a.name.localeCompare(b.name));
    case 'folder':
      return items;
    default:
      throw invalid('Invalid orderBy.');
  }
}

function writePageToken(offset: number, query: string): string {
  return Buffer.from(JSON.stringify({ offset, query })).toString('base64url');
}

/** A token belongs to the query it came from. */
function readPageToken(token: string | null, query: string): number {
  if (token === null) return 0;
  try {
    const page = JSON.parse(Buffer.from(token, 'base64url').toString()) as { offset?: unknown; query?: unknown };
    if (typeof page.offset === 'number' && page.query === query) return page.offset;
  } catch {
    // Refused below.
  }
  throw invalid('Invalid page token.');
}
