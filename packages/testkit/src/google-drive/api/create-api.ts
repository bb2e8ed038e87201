import { type EmulatorClock, type EmulatorHandler, Router, SlidingWindowLimiter } from '../../emulator/index.ts';
import type { DriveDescription } from '../check-description.ts';
import type { DriveBehaviour } from '../drive-behaviour.ts';
import { DriveError, driveErrorBody } from '../drive-error.ts';
import { type DriveAccounts, type DriveCaller, driveFileScope, driveScope } from '../state/drive-accounts.ts';
import type { DriveState } from '../state/drive-state.ts';
import { addAccountRoutes } from './account-routes.ts';
import type { ApiContext } from './api-context.ts';
import { addFileRoutes } from './file-routes.ts';
import { addListRoutes } from './list-routes.ts';
import { answerSession } from './session-routes.ts';
import { addUploadRoutes } from './upload-routes.ts';
import type { UploadSessions } from './upload-sessions.ts';

export interface ApiOptions {
  readonly state: DriveState;
  readonly accounts: DriveAccounts;
  readonly sessions: UploadSessions;
  readonly behaviour: DriveBehaviour;
  readonly clock: EmulatorClock;
  /** Watches requests and answers, where there is a description to compare them with. */
  readonly description: DriveDescription | undefined;
}

/** The Drive API: token, scope, rate limit, then the endpoint. Upload sessions need no token. */
export function createApi({ state, accounts, sessions, behaviour, clock, description }: ApiOptions): EmulatorHandler {
  const router = new Router<ApiContext>();
  for (const add of [addUploadRoutes, addFileRoutes, addListRoutes, addAccountRoutes]) add(router);
  const limiter = behaviour.rateLimit && new SlidingWindowLimiter({ ...behaviour.rateLimit, clock });

  const answer: EmulatorHandler = async (request, { origin, urls }) => {
    const { searchParams } = new URL(request.url);
    const sessionId = searchParams.get('upload_id');
    if (sessionId !== null) return answerSession(request, { sessionId, sessions });
    const caller = authenticate(request, accounts);
    if (limiter && limiter.take(caller.account) > 0) throw new DriveError(403, 'userRateLimitExceeded', 'User Rate Limit Exceeded');
    const method = description?.checkRequest(request.method, new URL(request.url));
    const onMetadata = (json: unknown) => description?.checkRequestBody(method, json);
    const context = { state, sessions, behaviour, caller, apiUrl: urls[origin] ?? '', now: clock.now(), onMetadata };
    const response = await router.handle(request, context);
    if (response?.ok === true && isJson(response)) description?.checkAnswer(method, await response.clone().json());
    return (
      response ??
      new Response('<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>', { status: 404, headers: { 'content-type': 'text/html' } })
    );
  };

  return async (request, context) => {
    try {
      return await answer(request, context);
    } catch (error) {
      if (error instanceof DriveError) return Response.json(driveErrorBody(error), { status: error.status });
      throw error;
    }
  };
}

function isJson({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('application/json') === true;
}

function authenticate(request: Request, accounts: DriveAccounts): DriveCaller {
  const token = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const caller = token === undefined ? undefined : accounts.callerOf(token);
  if (caller === undefined) throw new DriveError(401, 'authError', 'Invalid Credentials');
  if (!caller.scopes.some((scope) => scope === driveScope || scope === driveFileScope)) {
    throw new DriveError(403, 'insufficientPermissions', 'Request had insufficient authentication scopes.');
  }
  return caller;
}
