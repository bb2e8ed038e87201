import { createHash } from 'node:crypto';
import { type ByteStream, drain } from '../../emulator/body-streams.ts';
import type { Router } from '../../emulator/router.ts';
import type { UploadPart, UploadSession } from '../box-item.ts';
import { keptName } from '../box-names.ts';
import { BoxRefusal } from '../box-refusal.ts';
import { FileContent } from '../file-content.ts';
import { receiveContent } from '../receive-content.ts';
import { type BoxCall, type BoxRequest, checkIfMatch, fileFor, folderFor, readJson, textIn } from './box-call.ts';
import { checkNameIsFree } from './name-conflict.ts';
import { answerFile } from './uploads-api.ts';

/** The host of a session is chosen by Box, and differs from the one that opened it. */
export const sessionServer = '/upload-server-7';

/** Chunked uploads. https://developer.box.com/guides/uploads/chunked/ */
export function addSessionRoutes(router: Router<BoxCall>): void {
  const path = '/files/upload_sessions/:session';
  router
    .on('POST', '/files/upload_sessions', async ({ request, context: call }) => {
      const body = await readJson(request, call);
      const parent = folderFor(call, textIn(body, 'folder_id'), 'upload');
      const name = keptName(textIn(body, 'file_name'), call.behaviour);
      const size = sizeIn(body, call);
      checkNameIsFree(call, { parentId: parent.id, name });
      return openSession({ name, parentId: parent.id, size, fileId: undefined }, call);
    })
    .on('POST', '/files/:id/upload_sessions', async ({ params, request, context: call }) => {
      const body = await readJson(request, call);
      const file = fileFor(call, params['id'] ?? '', 'edit');
      const name = typeof body['file_name'] === 'string' ? keptName(body['file_name'], call.behaviour) : file.name;
      return openSession({ name, parentId: file.parentId, size: sizeIn(body, call), fileId: file.id }, call);
    })
    .on('GET', path, ({ params, context: call }) => Response.json(representSession(sessionFor(call, params['session']), call)))
    .on('DELETE', path, ({ params, context: call }) => {
      call.enterprise.sessions.delete(sessionFor(call, params['session']).id);
      return new Response(null, { status: 204 });
    })
    .on('PUT', path, receivePart)
    .on('GET', `${path}/parts`, ({ params, url, context: call }) => {
      const parts = partsOf(sessionFor(call, params['session']));
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const limit = Math.min(1000, Number(url.searchParams.get('limit') ?? 1000));
      const entries = parts.slice(offset, offset + limit).map(representPart);
      return Response.json({ entries, offset, limit, total_count: parts.length, order: [{ by: 'part_id', direction: 'ASC' }] });
    })
    .on('POST', `${path}/commit`, commit);
}

function sizeIn(body: Readonly<Record<string, unknown>>, { enterprise, behaviour }: BoxCall): number {
  const size = Number(body['file_size']);
  if (!Number.isSafeInteger(size)) throw new BoxRefusal(400, 'bad_request');
  if (size < behaviour.minimumChunkedBytes) throw new BoxRefusal(400, 'file_size_too_small');
  enterprise.checkQuota(size);
  return size;
}

function openSession(opening: Pick<UploadSession, 'name' | 'parentId' | 'size' | 'fileId'>, call: BoxCall): Response {
  call.enterprise.accounts.countUpload(call.userId);
  const session = call.enterprise.newSession({ ...opening, userId: call.userId });
  return Response.json(representSession(session, call), { status: 201 });
}

function representSession(session: UploadSession, { context }: BoxCall): unknown {
  const url = `${context.urls.upload}${sessionServer}/api/2.0/files/upload_sessions/${session.id}`;
  return {
    id: session.id,
    type: 'upload_session',
    session_expires_at: new Date(session.expiresAt).toISOString(),
    part_size: session.partSize,
    total_parts: Math.ceil(session.size / session.partSize),
    num_parts_processed: session.parts.size,
    session_endpoints: {
      upload_part: url,
      commit: `${url}/commit`,
      abort: url,
      list_parts: `${url}/parts`,
      status: url,
      log_event: `${url}/log`,
    },
  };
}

function representPart({ partId, offset, size, sha1 }: UploadPart): unknown {
  return { part_id: partId, offset, size, sha1 };
}

function partsOf({ parts }: UploadSession): UploadPart[] {
  return [...parts.values()].toSorted((first, second) => first.offset - second.offset);
}

function sessionFor({ enterprise, userId, context }: BoxCall, id: string | undefined): UploadSession {
  const session = enterprise.sessions.get(id ?? '');
  if (session === undefined || session.expiresAt <= context.clock.now()) throw new BoxRefusal(404, 'not_found');
  if (session.userId !== userId) throw new BoxRefusal(403, 'forbidden');
  return session;
}

async function receivePart({ params, request, context: call }: BoxRequest): Promise<Response> {
  const session = sessionFor(call, params['session']);
  const body = request.body as ByteStream | null;
  try {
    const range = rangeOf(request, session);
    if (session.parts.has(range.offset)) throw new BoxRefusal(409, 'range_overlaps_existing_part');
    if (body === null) throw new BoxRefusal(400, 'bad_request');
    const { content, sha1 } = await receiveContent(body);
    if (content.size !== range.size) throw new BoxRefusal(416, 'invalid_range');
    if (request.headers.get('digest') !== digestOf(sha1)) throw new BoxRefusal(400, 'bad_digest');
    if (session.parts.has(range.offset)) throw new BoxRefusal(409, 'range_overlaps_existing_part');
    const partId = createHash('md5').update(`${session.id}/${range.offset}`).digest('hex').slice(0, 8).toUpperCase();
    const part = { partId, ...range, sha1, content };
    session.parts.set(range.offset, part);
    return Response.json({ part: representPart(part) });
  } catch (error) {
    if (error instanceof BoxRefusal) await drain(body).catch(() => undefined);
    throw error;
  }
}

function rangeOf(request: Request, session: UploadSession): { readonly offset: number; readonly size: number } {
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(request.headers.get('content-range') ?? '');
  const [offset, last, total] = (range ?? []).slice(1).map(Number);
  if (offset === undefined || last === undefined || total !== session.size || last >= session.size) {
    throw new BoxRefusal(416, 'invalid_range');
  }
  const size = last - offset + 1;
  const isLast = last === session.size - 1;
  if (offset % session.partSize !== 0 || size > session.partSize || (size < session.partSize && !isLast)) {
    throw new BoxRefusal(416, 'invalid_part_size');
  }
  return { offset, size };
}

async function commit({ params, request, url, context: call }: BoxRequest): Promise<Response> {
  const { enterprise, behaviour } = call;
  const body = await readJson(request, call);
  const session = sessionFor(call, params['session']);
  session.commits += 1;
  const wait = { 'retry-after': String(behaviour.retryAfterSeconds) };
  if (session.commits <= behaviour.mismatchedCommits) throw new BoxRefusal(400, 'parts_mismatch');
  if (session.commits <= behaviour.mismatchedCommits + behaviour.pendingCommits) return new Response(null, { status: 202, headers: wait });
  const content = assemble(session, body['parts']);
  const sha1 = await content.sha1();
  if (request.headers.get('digest') !== digestOf(sha1)) throw new BoxRefusal(400, 'bad_digest');
  // Reading takes time; another commit may have been faster.
  sessionFor(call, session.id);
  if (session.fileId === undefined) {
    folderFor(call, session.parentId, 'upload');
    checkNameIsFree(call, session);
    const file = enterprise.createFile({ parentId: session.parentId, name: session.name, content, sha1 });
    enterprise.sessions.delete(session.id);
    return answerFile(file, { call, url, status: 201 });
  }
  const file = fileFor(call, session.fileId, 'edit');
  checkIfMatch(request, file);
  enterprise.addVersion(file, { content, sha1 });
  enterprise.sessions.delete(session.id);
  return answerFile(file, { call, url, status: 201 });
}

/** The parts that the commit names, which must be all of them. */
function assemble(session: UploadSession, named: unknown): FileContent {
  const received = partsOf(session);
  const listed = Array.isArray(named) ? (named as readonly { part_id?: unknown; offset?: unknown; size?: unknown }[]) : [];
  const isWhole = received.reduce((size, part) => size + part.size, 0) === session.size;
  const isEqual =
    listed.length === received.length &&
    received.every((part, index) => {
      const other = listed[index];
      return other?.part_id === part.partId && other.offset === part.offset && other.size === part.size;
    });
  if (!isWhole || !isEqual) throw new BoxRefusal(400, 'parts_mismatch');
  return FileContent.join(received.map(({ content }) => content));
}

function digestOf(sha1: string): string {
  return `sha=${Buffer.from(sha1, 'hex').toString('base64')}`;
}
