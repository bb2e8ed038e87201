import { z } from 'zod';
import { DropboxRefusal, routeError, tags } from '../dropbox-refusal.ts';
import { type FinishArgument, finishArgument, sessionType } from './arguments.ts';
import { finishSession, lookUpFailed } from './finish-session.ts';
import { type RouteCall, type Routes, route } from './route.ts';

const traits = { style: 'rpc', scope: 'files.content.write' } as const;
const finishBatchArgument = z.strictObject({ entries: z.array(finishArgument).max(1000) });

/** Many upload sessions with one request. */
export const batchRoutes: Routes = {
  'files/upload_session/start_batch': route({
    ...traits,
    argument: z.strictObject({ num_sessions: z.int().min(1).max(1000), session_type: sessionType }),
    answer({ num_sessions: count, session_type: type }, { state }) {
      const isConcurrent = type === 'concurrent';
      return { result: { session_ids: Array.from({ length: count }, () => state.sessions.start({ isConcurrent }).id) } };
    },
  }),

  'files/upload_session/finish_batch_v2': route({
    ...traits,
    argument: finishBatchArgument,
    answer: async ({ entries }, call) => ({ result: { entries: await finishEntries(entries, call) } }),
  }),

  // Dropbox advises against the first version, but older clients know no other. It works on the batch after its answer, and is asked how far it got.
  'files/upload_session/finish_batch': route({
    ...traits,
    argument: finishBatchArgument,
    async answer({ entries }, call) {
      const jobId = call.state.batchJobs.add({ entries: await finishEntries(entries, call) });
      return { result: { '.tag': 'async_job_id', async_job_id: jobId } };
    },
  }),

  'files/upload_session/finish_batch/check': route({
    ...traits,
    argument: z.strictObject({ async_job_id: z.string().min(1) }),
    answer({ async_job_id: jobId }, { state }) {
      const progress = state.batchJobs.check(jobId);
      if (progress === undefined) throw routeError(tags('invalid_async_job_id'));
      return { result: progress === 'in_progress' ? tags('in_progress') : { '.tag': 'complete', ...progress } };
    },
  }),
};

async function finishEntries(entries: readonly FinishArgument[], call: RouteCall): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  for (const entry of entries) results.push(await finishEntry(entry, call));
  return results;
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
