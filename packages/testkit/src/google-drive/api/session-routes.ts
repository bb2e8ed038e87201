import type { ByteStream } from '../../emulator/index.ts';
import { DriveError, fileNotFound, invalid } from '../drive-error.ts';
import { fileAnswer } from './api-context.ts';
import { commitContent } from './upload-routes.ts';
import type { UploadSession, UploadSessions } from './upload-sessions.ts';

const pieceMultiple = 256 * 1024;

interface ContentRange {
  /** Absent when the caller only asks how far the upload is. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  /** Absent while the caller does not know it. */
  readonly total: number | undefined;
}

/**
 * Takes a piece of a resumable upload, or a question about it. The address itself is the credential.
 *
 * Some clients send their pieces by POST.
 */
export async function answerSession(
  request: Request,
  { sessionId, sessions }: { readonly sessionId: string; readonly sessions: UploadSessions },
): Promise<Response> {
  const session = sessions.get(sessionId);
  if (session === undefined) return new Response('Not Found', { status: 404, headers: { 'content-type': 'text/plain' } });
  if (request.method === 'DELETE') return new Response(null, { status: 499 });
  if (session.finishedFileId !== undefined) return finished(session);
  const range = readRange(request, session);
  if (range.start === undefined) {
    return range.total !== undefined && session.content.size === range.total ? complete(session) : incomplete(session);
  }
  return takePiece(request, session, range);
}

async function takePiece(request: Request, session: UploadSession, { start = 0, end, total }: ContentRange): Promise<Response> {
  const { content, context } = session;
  // Whoever continues somewhere else is told where the upload stands.
  if (start !== content.size || session.isBusy) return incomplete(session);
  const isLast = total !== undefined && (end ?? total - 1) + 1 === total;
  if (!isLast && end !== undefined && (end + 1 - start) % pieceMultiple !== 0) {
    throw invalid('Pieces must be multiples of 256 KiB.');
  }
  session.isBusy = true;
  try {
    await content.receive((request.body ?? new Blob([]).stream()) as ByteStream, pieceMultiple);
    const kept = start + context.behaviour.keptBytesPerPiece;
    if (content.size > kept) await content.keepOnly(kept);
  } finally {
    session.isBusy = false;
  }
  if (total !== undefined && content.size > total) throw invalid('More bytes than announced.');
  return content.size === total ? complete(session) : incomplete(session);
}

function complete(session: UploadSession): Response {
  const { announcedSize, content, context, fileId, metadata, mediaType, url } = session;
  if (announcedSize !== undefined && announcedSize !== content.size) throw invalid('The size differs from the announced one.');
  const item = fileId === undefined ? undefined : context.state.find(fileId);
  if (fileId !== undefined && item === undefined) throw fileNotFound(fileId);
  session.finishedFileId = commitContent(content, { item, metadata, mediaType, url, context }).id;
  return finished(session);
}

function finished({ context, finishedFileId, url }: UploadSession): Response {
  const item = context.state.find(finishedFileId ?? '');
  if (item === undefined) throw fileNotFound(finishedFileId ?? '');
  return fileAnswer(item, { url, context });
}

function incomplete({ content }: UploadSession): Response {
  const headers = new Headers({ 'content-length': '0' });
  if (content.size > 0) headers.set('range', `bytes=0-${content.size - 1}`);
  return new Response(null, { status: 308, statusText: 'Resume Incomplete', headers });
}

function readRange({ headers, body }: Request, { announcedSize }: UploadSession): ContentRange {
  const text = headers.get('content-range');
  if (text === null)
    return body === null
      ? { start: undefined, end: undefined, total: announcedSize }
      : { start: 0, end: undefined, total: announcedSize ?? lengthOf(headers) };
  const found = /^bytes (?:(\d+)-(\d+)|\*)\/(\d+|\*)$/.exec(text);
  if (found === null) throw new DriveError(400, 'invalid', 'Invalid Content-Range.');
  const [, start, end, total] = found;
  return {
    start: start === undefined ? undefined : Number(start),
    end: end === undefined ? undefined : Number(end),
    total: total === undefined || total === '*' ? undefined : Number(total),
  };
}

function lengthOf(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return length === null ? undefined : Number(length);
}
