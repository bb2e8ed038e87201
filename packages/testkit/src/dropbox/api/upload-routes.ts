import { z } from 'zod';
import { routeError, type Tagged, tags } from '../dropbox-refusal.ts';
import { commitInfo, contentHash, cursor, uploadArgument } from './arguments.ts';
import { commitFile } from './commit-file.ts';
import { type RouteCall, type Routes, route } from './route.ts';

const traits = { style: 'upload', scope: 'files.content.write' } as const;
/** A failed write names a session from which the upload could go on. */
const writeFailed = (reason: Tagged): Tagged => ({ '.tag': 'path', reason, upload_session_id: 'pid_upload_session:failed-upload' });
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
      session_type: z
        .strictObject({ '.tag': z.literal('sequential') })
        .nullable()
        .optional(),
      content_hash: contentHash,
    }),
    answer(argument, call) {
      checkBody(argument.content_hash, call);
      const session = call.state.sessions.start();
      call.state.sessions.append(session, call.body);
      session.isClosed = argument.close;
      return { result: { session_id: session.id } };
    },
  }),

  'files/upload_session/append_v2': route({
    ...traits,
    argument: z.strictObject({ cursor, close: z.boolean().default(false), content_hash: contentHash }),
    answer(argument, call) {
      const session = call.state.sessions.at(argument.cursor.session_id, argument.cursor.offset);
      checkBody(argument.content_hash, call);
      call.state.sessions.append(session, call.body);
      session.isClosed ||= argument.close;
      return { result: null };
    },
  }),

  'files/upload_session/finish': route({
    ...traits,
    argument: z.strictObject({ cursor, commit: commitInfo, content_hash: contentHash }),
    async answer(argument, call) {
      const { sessions } = call.state;
      const session = sessions.at(argument.cursor.session_id, argument.cursor.offset, lookUpFailed);
      checkBody(argument.content_hash, call);
      // The bytes stay in the session when the commit fails: the next finish comes with an empty body.
      if (call.body.size > 0) sessions.append(session, call.body);
      const received = await sessions.contentsOf(session);
      sessions.at(session.id, session.received, lookUpFailed);
      const answer = commitFile(argument.commit, received, { call, wrap: (error) => ({ '.tag': 'path', path: error }) });
      session.isFinished = true;
      if (!call.tree.files.some(({ bytes }) => bytes === received.bytes)) await received.bytes.remove();
      return answer;
    },
  }),
};

const maxRequestBytes = 150 * 2 ** 20;

function checkBody(declaredHash: string | null | undefined, { body, bodyHash }: RouteCall): void {
  if (body.size > maxRequestBytes) throw routeError(tags('payload_too_large'));
  if (declaredHash != null && declaredHash !== bodyHash) throw routeError(tags('content_hash_mismatch'));
}
