import type { Tagged } from '../dropbox-refusal.ts';
import type { UploadSession } from '../state/upload-sessions.ts';
import type { CommitArgument } from './arguments.ts';
import { commitFile } from './commit-file.ts';
import type { RouteAnswer, RouteCall } from './route.ts';

/** How `finish` wraps the failure to find a session. */
export function lookUpFailed(error: Tagged): Tagged {
  return { '.tag': 'lookup_failed', lookup_failed: error };
}

/** Makes a file of everything that a session has received. */
export async function finishSession(session: UploadSession, commit: CommitArgument, call: RouteCall): Promise<RouteAnswer> {
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
