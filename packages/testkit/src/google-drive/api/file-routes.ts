import { type ByteRange, readSmallBody } from '../../emulator/index.ts';
import { DriveError, invalid, noPermission } from '../drive-error.ts';
import { parseJson } from '../multipart-related.ts';
import { type DriveItem, headRevision, isFolder } from '../state/drive-item.ts';
import { hasRole } from '../state/drive-permissions.ts';
import { type ApiRequest, type ApiRouter, fileAnswer, visibleItem } from './api-context.ts';
import { applyMetadata, checkChange, checkNewFile, createItem, type FileMetadata, parseMetadata } from './file-metadata.ts';

export function addFileRoutes(router: ApiRouter): void {
  router.on('GET', '/drive/v3/files/generateIds', generateIds);
  router.on('POST', '/drive/v3/files', create);
  router.on('GET', '/drive/v3/files/:id', get);
  router.on('PATCH', '/drive/v3/files/:id', update);
  router.on('DELETE', '/drive/v3/files/:id', remove);
}

function generateIds({ url, context }: ApiRequest): Response {
  const count = Number(url.searchParams.get('count') ?? 10);
  if (!Number.isInteger(count) || count < 1 || count > 1000) throw invalid('Invalid value for count: must be between 1 and 1000.');
  return Response.json({ kind: 'drive#generatedIds', space: 'drive', ids: context.state.generateIds(count) });
}

async function create(request: ApiRequest): Promise<Response> {
  const metadata = await readMetadata(request);
  const parent = checkNewFile(metadata, request);
  return fileAnswer(createItem(metadata, { parent, context: request.context }), request);
}

function get(request: ApiRequest): Response {
  const item = visibleItem(request.params.id ?? '', request);
  return request.url.searchParams.get('alt') === 'media' ? download(item, request.request) : fileAnswer(item, request);
}

/** The bytes, from any place on. */
function download(item: DriveItem, request: Request): Response {
  const head = headRevision(item);
  if (head === undefined) {
    throw new DriveError(403, 'fileNotDownloadable', 'Only files with binary content can be downloaded.');
  }
  const { size } = head.bytes;
  const range = readByteRange(request.headers.get('range'), size);
  const headers = new Headers({ 'content-type': item.mimeType, 'accept-ranges': 'bytes' });
  if (range === undefined) {
    headers.set('content-length', String(size));
    return new Response(head.bytes.open(), { headers });
  }
  const { start = 0, end = size } = range;
  if (start >= size) throw new DriveError(416, 'requestedRangeNotSatisfiable', 'Request range not satisfiable');
  headers.set('content-range', `bytes ${start}-${end - 1}/${size}`);
  headers.set('content-length', String(end - start));
  return new Response(head.bytes.open({ start, end }), { status: 206, headers });
}

function readByteRange(header: string | null, size: number): ByteRange | undefined {
  const found = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (found === null) return undefined;
  const [, start, last] = found;
  return { start: Number(start), end: last ? Math.min(size, Number(last) + 1) : size };
}

async function update(request: ApiRequest): Promise<Response> {
  const { context, url } = request;
  const item = visibleItem(request.params.id ?? '', request);
  const metadata = await readMetadata(request);
  checkChange(item, metadata, { context, hasMedia: false });
  if (metadata.parents !== undefined) {
    throw new DriveError(
      403,
      'fieldNotWritable',
      'The parents field is not directly writable in update requests. Use the addParents and removeParents parameters instead.',
    );
  }
  const target = url.searchParams.get('addParents');
  if (target !== null) item.parents = [visibleItem(target, request).id];
  applyMetadata(item, metadata, context);
  return fileAnswer(item, request);
}

async function remove(request: ApiRequest): Promise<Response> {
  const { state, caller } = request.context;
  const item = visibleItem(request.params.id ?? '', request);
  const atLeast = item.driveId === undefined ? 'owner' : 'organizer';
  if (!hasRole(item, caller, { atLeast, find: state.find }) || (isFolder(item) && item.parents.length === 0)) throw noPermission();
  await state.remove(item.id);
  return new Response(null, { status: 204 });
}

async function readMetadata({ request, context }: ApiRequest): Promise<FileMetadata> {
  return parseMetadata(parseJson(new TextDecoder().decode(await readSmallBody(request.body))), context);
}
