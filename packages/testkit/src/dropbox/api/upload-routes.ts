import { z } from 'zod';
import { DropboxRefusal, routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import type { UploadSession } from '../state/upload-sessions.ts';
import { type CommitArgument, type CursorArgument, commitInfo, contentHash, cursor, uploadArgument } from './arguments.ts';
import { commitFile } from './commit-file.ts';
import { type RouteAnswer, type RouteCall, type Routes, route } from './route.ts';

const traits = { style: 'upload', scope: 'files.content.write' } as const;
/** A failed write names a session from which the upload could go on. */
const writeFailed = (reason: Tagged): Tagged => ({ '.tag': 'path', reason, upload_session_id: 'pid_upload_session:failed-upload' });
const finishArgument = z.strictObject({ cursor, commit: commitInfo, content_hash: contentHash });
const sessionType = z
  .union([
    z.enum(['sequential', 'concurrent']),
    z.strictObject({ '.tag': z.enum(['sequential', 'concurrent']) }).transform((type) => type['.tag']),
  ])
  .nullable()
  .optional();
const lookUpFailed = (error: Tagged): Tagged => ({ '.tag': 'lookup_failed', lookup_failed: error });

/** `files/upload` and upload sessions. */
export const uploadRoutes: Routes = {
  'files/upload': route({
    ...traits,
    argument: uploadArgument,
    answer(argument, call) {
      checkBody(argument.content_hash, call);
      return commitFile(argument, { bytes: call.body, contentHash: call.bodyHash }, { call, wrap: writeFailed });
    },
  }),

  'files/upload_session/start': route({
    ...traits,
    argument: z.strictObject({
      close: z.boolean().default(false),
      session_type: sessionType,
      content_hash: contentHash,
    }),
    answer(argument, call) {
      checkBody(argument.content_hash, call);
      const isConcurrent = argument.session_type === 'concurrent';
      if (isConcurrent && call.body.size > 0) throw routeError(tags('concurrent_session_data_not_allowed'));
      if (isConcurrent && argument.close) throw routeError(tags('concurrent_session_close_not_allowed'));
      const session = call.state.sessions.start({ isConcurrent });
      call.state.sessions.append(session, call.body);
      session.isClosed = argument.close;
      return { result: { session_id: session.id } };
    },
  }),

  'files/upload_session/start_batch': route({
    style: 'rpc',
    scope: 'files.content.write',
    argument: z.strictObject({ num_sessions: z.int().min(1).max(1000), session_type: sessionType }),
    answer({ num_sessions: count, session_type: type }, { state }) {
      const isConcurrent = type === 'concurrent';
      return { result: { session_ids: Array.from({ length: count }, () => state.sessions.start({ isConcurrent }).id) } };
    },
  }),

  'files/upload_session/append_v2': route({
    ...traits,
    argument: z.strictObject({ cursor, close: z.boolean().default(false), content_hash: contentHash }),
    answer(argument, call) {
      const { sessions } = call.state;
      const { session_id: id, offset } = argument.cursor;
      const session = sessions.at(id, offset);
      checkBody(argument.content_hash, call);
      if (session.isConcurrent) {
        sessions.keepPiece(session, call.body, { offset, close: argument.close });
      } else {
        sessions.append(session, call.body);
        session.isClosed ||= argument.close;
      }
      return { result: null };
    },
  }),

  'files/upload_session/finish': route({
    ...traits,
    argument: finishArgument,
    answer(argument, call) {
      const { session_id: id, offset } = argument.cursor;
      const session = call.state.sessions.at(id, offset, lookUpFailed);
      checkBody(argument.content_hash, call);
      if (session.isConcurrent && call.body.size > 0) throw routeError(tags('concurrent_session_data_not_allowed'));
      // The bytes stay in the session when the commit fails: the next finish comes with an empty body.
      if (call.body.size > 0) call.state.sessions.append(session, call.body);
      return finishSession(session, argument.commit, call);
    },
  }),

  'files/upload_session/finish_batch_v2': route({
    style: 'rpc',
    scope: 'files.content.write',
    argument: z.strictObject({ entries: z.array(finishArgument).max(1000) }),
    async answer({ entries }, call) {
      const results: unknown[] = [];
      for (const entry of entries) results.push(await finishEntry(entry, call));
      return { result: { entries: results } };
    },
  }),
};

interface FinishArgument {
  readonly cursor: CursorArgument;
  readonly commit: CommitArgument;
}

/** Each entry of a batch succeeds or fails by itself. */
async function finishEntry({ cursor: { session_id: id, offset }, commit }: FinishArgument, call: RouteCall): Promise<unknown> {
  try {
    const session = call.state.sessions.at(id, offset, lookUpFailed);
    if (!session.isClosed) throw routeError(lookUpFailed(tags('not_closed')));
    const { result } = await finishSession(session, commit, call);
    return { '.tag': 'success', ...(result as object) };
  } catch (error) {
    if (!(error instanceof DropboxRefusal)) throw error;
    return { '.tag': 'failure', failure: (error.body as { readonly error: unknown }).error };
  }
}

async function finishSession(session: UploadSession, commit: CommitArgument, call: RouteCall): Promise<RouteAnswer> {
  const { sessions } = call.state;
  if (session.isConcurrent) sessions.assemble(session);
  const received = await sessions.contentsOf(session);
  // Another request may have finished it meanwhile.
  sessions.at(session.id, session.received, lookUpFailed);
  const answer = commitFile(commit, received, { call, wrap: (error) => ({ '.tag': 'path', path: error }) });
  session.isFinished = true;
  if (!call.tree.files.some(({ bytes }) => bytes === received.bytes)) await received.bytes.remove();
  return answer;
}

const maxRequestBytes = 150 * 2 ** 20;

function checkBody(declaredHash: string | null | undefined, { body, bodyHash }: RouteCall): void {
  if (body.size > maxRequestBytes) throw routeError(tags('payload_too_large'));
  if (declaredHash != null && declaredHash !== bodyHash) throw routeError(tags('content_hash_mismatch'));
}
