import type { ByteStream } from '../../emulator/index.ts';
import { GraphRefusal, invalidRequest, itemNotFound } from '../graph-refusal.ts';
import type { UploadSession } from '../state/upload-sessions.ts';
import { shapeItem } from './describe-item.ts';
import type { GraphContext } from './graph-context.ts';
import { type ItemAddress, placeOf } from './item-address.ts';
import { readConflictBehavior, readJson } from './read-json.ts';
import { commitContent } from './receive-content.ts';

const rangeMultiple = 320 * 1024;
const maxRangeBytes = 60 * 2 ** 20;

export type SessionContext = Omit<GraphContext, 'caller' | 'directory'>;

/** Everything that is done with an `uploadUrl`. The address is the credential. */
export async function answerSession(request: Request, id: string, context: SessionContext): Promise<Response> {
  if (context.behaviour.signedAddressesRefuseTokens && request.headers.has('authorization'))
    return new Response('Unauthorized', { status: 401 });
  const { sessions } = context.state;
  const session = sessions.find(id);
  if (session === undefined) throw new GraphRefusal(404, 'itemNotFound', { message: 'The upload session was not found' });
  switch (request.method) {
    case 'GET':
      return Response.json(progressOf(session));
    case 'DELETE':
      await sessions.end(session);
      return new Response(null, { status: 204 });
    case 'PUT':
      return takeRange(request, session, context);
    case 'POST':
      // On personal drives a session ends by `PUT` of the item.
      if (session.drive.driveType === 'personal') throw new GraphRefusal(405, 'notAllowed');
      if (!session.deferCommit || session.bytes.size !== session.totalBytes) throw invalidRequest('The upload is not complete.');
      return complete(request, session, context);
    default:
      throw new GraphRefusal(405, 'notAllowed');
  }
}

async function takeRange(request: Request, session: UploadSession, context: SessionContext): Promise<Response> {
  const { bytes } = session;
  const { start, end, total } = readRange(request);
  const isLast = end + 1 === total;
  const length = end - start + 1;
  if (length > maxRangeBytes) throw new GraphRefusal(413, 'invalidRange', { message: 'The range is larger than 60 MiB.' });
  if (!isLast && length % rangeMultiple !== 0) throw invalidRequest('Ranges are multiples of 320 KiB.');
  if (session.totalBytes !== undefined && session.totalBytes !== total) throw invalidRequest('The total size changed.');
  if (start !== bytes.size || session.isBusy)
    throw new GraphRefusal(416, 'invalidRange', { message: 'Optimistic concurrency failure during fragmented upload.' });
  session.totalBytes = total;
  session.isBusy = true;
  try {
    await bytes.append((request.body ?? new Blob([]).stream()) as ByteStream);
  } catch (error) {
    await bytes.truncate(start);
    throw error;
  } finally {
    session.isBusy = false;
  }
  const received = bytes.size - start;
  if (received !== length) {
    await bytes.truncate(start);
    throw invalidRequest('The range has another length than its header says.');
  }
  const kept = Math.min(received, context.behaviour.keptBytesPerRange);
  if (kept < received) await bytes.truncate(start + kept);
  session.expiresAt = context.now + context.behaviour.sessionLifetimeMs;
  if (bytes.size < total || session.deferCommit) return Response.json(progressOf(session), { status: 202 });
  return complete(request, session, context);
}

/**
 * `PUT` of an item with the address of a session as its source: how a session on a personal drive ends whose commit was put off, and how one ends
 * under another name after its own was taken. https://learn.microsoft.com/graph/api/driveitem-createuploadsession
 */
export async function commitElsewhere(request: Request, address: ItemAddress, context: GraphContext): Promise<Response> {
  const body = await readJson(request);
  const source = body['@microsoft.graph.sourceUrl'];
  const id = typeof source === 'string' && URL.canParse(source) ? new URL(source).pathname.split('/')[2] : undefined;
  const session = context.state.sessions.find(id ?? '');
  if (session === undefined || session.drive !== address.drive) throw itemNotFound();
  if (session.bytes.size !== session.totalBytes) throw invalidRequest('The upload is not complete.');
  const conflictBehavior = readConflictBehavior(body['@microsoft.graph.conflictBehavior'], session.conflictBehavior);
  const place = placeOf(address, { makesFolders: false });
  return complete(request, { ...session, place, conflictBehavior }, context);
}

async function complete(request: Request, session: UploadSession, context: SessionContext): Promise<Response> {
  const { drive, place, conflictBehavior, bytes, createdBy } = session;
  const { state, behaviour } = context;
  const commit = { ...place, conflictBehavior, request, createdBy, isOwnSession: true };
  // The session stays when the name is taken by now: the bytes can be committed elsewhere.
  const { item, isNew } = await commitContent(bytes, drive, { commit, context: context as GraphContext });
  await state.sessions.end(session, { keepBytes: true });
  const query = new URLSearchParams();
  return Response.json(shapeItem(item, drive, { query, hasHash: behaviour.hashInUploadAnswer }), { status: isNew ? 201 : 200 });
}

function progressOf({ bytes, expiresAt, totalBytes }: UploadSession): unknown {
  const isComplete = bytes.size === totalBytes;
  const end = totalBytes === undefined ? '' : totalBytes - 1;
  return { expirationDateTime: new Date(expiresAt).toISOString(), nextExpectedRanges: isComplete ? [] : [`${bytes.size}-${end}`] };
}

function readRange({ headers }: Request): { start: number; end: number; total: number } {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '');
  const [start, end, total] = (found ?? []).slice(1).map(Number);
  if (start === undefined || end === undefined || total === undefined || end < start || end >= total)
    throw invalidRequest('Invalid Content-Range.');
  return { start, end, total };
}
