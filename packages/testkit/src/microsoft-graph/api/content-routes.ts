import { invalidRequest, itemNotFound, nameTaken } from '../graph-refusal.ts';
import { checkIfMatch } from '../state/emulated-drive.ts';
import type { GraphItem, Maker } from '../state/graph-item.ts';
import { shapeItem } from './describe-item.ts';
import type { GraphContext } from './graph-context.ts';
import { existingItem, type ItemAddress, placeOf } from './item-address.ts';
import { asObject, readConflictBehavior, readJson } from './read-json.ts';
import { commitContent, receiveBytes } from './receive-content.ts';

const maxContentBytes = 250 * 2 ** 20;

/** `PUT …/content`: small files in one request. The default is to replace. https://learn.microsoft.com/graph/api/driveitem-put-content */
export async function putContent(request: Request, address: ItemAddress, context: GraphContext): Promise<Response> {
  const { drive } = address;
  const query = new URL(request.url).searchParams;
  const conflictBehavior = readConflictBehavior(query.get('@microsoft.graph.conflictBehavior'), 'replace');
  const bytes = await receiveBytes(request.body);
  try {
    if (bytes.size > maxContentBytes) throw invalidRequest('The request is too large.');
    const place = placeOf(address, { makesFolders: context.behaviour.contentMakesFolders });
    // An item that is named by its id is there to be written over.
    const behavior = address.names.length === 0 ? 'replace' : conflictBehavior;
    const commit = { ...place, conflictBehavior: behavior, request, createdBy: makerOf(context) };
    const { item, isNew } = await commitContent(bytes, drive, { commit, context });
    const hasHash = context.behaviour.hashInUploadAnswer;
    return Response.json(shapeItem(item, drive, { query, hasHash }), { status: isNew ? 201 : 200 });
  } catch (error) {
    await bytes.remove();
    throw error;
  }
}

/** `GET …/content`: sends to an address that needs no token. */
export function getContent(address: ItemAddress, { urls }: GraphContext): Response {
  const item = existingItem(address);
  if (item.content === undefined) throw itemNotFound();
  return new Response(null, {
    status: 302,
    headers: { location: `${urls.downloads}/${address.drive.id}/${item.id}?tempauth=${item.version}` },
  });
}

/** Serves the bytes. The origin of its own stands for the storage host, which takes no token. */
export function download(request: Request, { content }: GraphItem): Response {
  if (content === undefined) return new Response('Not found', { status: 404 });
  const { bytes, mediaType } = content;
  const start = Number(/^bytes=(\d+)-/.exec(request.headers.get('range') ?? '')?.[1] ?? 0);
  const isRange = request.headers.has('range');
  if (isRange && start >= bytes.size) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${bytes.size}` } });
  const headers = { 'content-type': mediaType, 'content-length': String(bytes.size - start), 'accept-ranges': 'bytes' };
  const range = isRange ? { 'content-range': `bytes ${start}-${bytes.size - 1}/${bytes.size}` } : {};
  return new Response(bytes.open({ start }), { status: isRange ? 206 : 200, headers: { ...headers, ...range } });
}

/** `POST …/createUploadSession`. The page says the default is to fail; people see that it replaces. */
export async function createSession(request: Request, address: ItemAddress, context: GraphContext): Promise<Response> {
  const { drive } = address;
  const { state, behaviour, now, urls } = context;
  const body = await readJson(request);
  const conflictBehavior = readConflictBehavior(asObject(body.item)['@microsoft.graph.conflictBehavior'], 'replace');
  const place = placeOf(address, { makesFolders: behaviour.sessionsMakeFolders });
  const existing = drive.child(place.parent, place.name);
  checkIfMatch(existing, request);
  if (existing !== undefined && (conflictBehavior === 'fail' || existing.content === undefined)) throw nameTaken();
  if (state.sessions.reserves(drive, place)) throw nameTaken();
  const expiresAt = now + behaviour.sessionLifetimeMs;
  const deferCommit = body.deferCommit === true;
  const session = state.sessions.begin({ drive, place, conflictBehavior, deferCommit, expiresAt, createdBy: makerOf(context) });
  return Response.json({
    '@odata.context': `${urls.graph}/v1.0/$metadata#microsoft.graph.uploadSession`,
    uploadUrl: `${urls.uploads}/up/${session.id}?tempauth=${drive.id}`,
    expirationDateTime: new Date(expiresAt).toISOString(),
    nextExpectedRanges: ['0-'],
  });
}

function makerOf({ caller }: GraphContext): Maker {
  return { clientId: caller.app.clientId, user: caller.user };
}
