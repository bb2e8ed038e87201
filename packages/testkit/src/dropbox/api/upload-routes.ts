import { z } from 'zod';
import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import { contentHash, cursor, finishArgument, sessionType, uploadArgument } from './arguments.ts';
import { commitFile } from './commit-file.ts';
import { finishSession, lookUpFailed } from './finish-session.ts';
import { type RouteCall, type Routes, route } from './route.ts';

const traits = { style: 'upload', scope: 'files.content.write' } as const;
/** A failed write names a session from which the upload could go on. */
const writeFailed = (reason: Tagged): Tagged => ({ '.tag': 'path', reason, upload_session_id: 'pid_upload_session:failed-upload' });

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
};

const maxRequestBytes = 150 * 2 ** 20;

function checkBody(declaredHash: string | null | undefined, { body, bodyHash }: RouteCall): void {
  if (body.size > maxRequestBytes) throw routeError(tags('payload_too_large'));
  if (declaredHash != null && declaredHash !== bodyHash) throw routeError(tags('content_hash_mismatch'));
}
