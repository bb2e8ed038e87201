import { type EmulatorClock, type EmulatorHandler, Router, SlidingWindowLimiter } from '../../emulator/index.ts';
import type { SpotDraftOrigin } from '../start-spotdraft-emulator.ts';
import type { ApiContext } from './api-context.ts';
import { ApiError, codedError, detailError } from './api-error.ts';
import { addCommentRoutes } from './comment-routes.ts';
import { addContractRoutes } from './contract-routes.ts';
import { addDirectoryRoutes } from './directory-routes.ts';
import { addDownloadRoutes } from './download-routes.ts';
import { addExternalMetadataRoutes } from './external-metadata-routes.ts';
import { addKeyPointerRoutes } from './key-pointer-routes.ts';
import { addListRoutes } from './list-routes.ts';
import { addUploadRoutes } from './upload-routes.ts';
import { addWebhookRoutes } from './webhook-routes.ts';

export interface ApiOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clock: EmulatorClock;
}

/** The public API: redirects, credentials, rate limit, then the endpoint. */
export function createApi(
  shared: Omit<ApiContext, 'storageUrl' | 'now'>,
  { clientId, clientSecret, clock }: ApiOptions,
): EmulatorHandler<SpotDraftOrigin> {
  const router = createApiRouter();
  const { rateLimit } = shared.behaviour;
  const limiter = rateLimit ? new SlidingWindowLimiter({ ...rateLimit, clock }) : undefined;

  const authenticate = (headers: Headers): void => {
    if (headers.get('client-id') !== clientId || headers.get('client-secret') !== clientSecret) {
      throw detailError(401, 'Authentication credentials were not provided or are not valid.');
    }
    const email = headers.get('user-email');
    if (email !== null && !shared.workspace.users.some((user) => user.email === email)) {
      throw codedError(403, 'SD_PUBLIC_00009', 'The user of user-email is no active member of the workspace.');
    }
  };

  const answer: EmulatorHandler<SpotDraftOrigin> = async (request, { urls }) => {
    const { pathname, search } = new URL(request.url);
    const match = router.match(request.method, pathname);
    if (match === undefined) return wrongPath(router, request.method, { pathname, search });
    authenticate(request.headers);
    const waitMs = limiter?.take() ?? 0;
    if (rateLimit && waitMs > 0) return throttled(rateLimit.retryAfter ? waitMs : undefined);
    const context = { ...shared, storageUrl: urls.storage, now: clock.now() };
    return match.handler({ request, url: new URL(request.url), params: match.params, context });
  };

  return async (request, context) => {
    try {
      return await answer(request, context);
    } catch (error) {
      if (error instanceof ApiError) return Response.json(error.body, { status: error.status });
      throw error;
    }
  };
}

function createApiRouter(): Router<ApiContext> {
  const router = new Router<ApiContext>();
  // Literal paths come first: `executed_contracts` would pass as an id.
  addUploadRoutes(router);
  addWebhookRoutes(router);
  addListRoutes(router);
  addDownloadRoutes(router);
  addContractRoutes(router);
  addKeyPointerRoutes(router);
  addExternalMetadataRoutes(router);
  addCommentRoutes(router);
  addDirectoryRoutes(router);
  return router;
}

/** A slash too many or too few is redirected to the right path, whatever that makes of a POST. */
function wrongPath(
  router: Router<ApiContext>,
  method: string,
  { pathname, search }: { readonly pathname: string; readonly search: string },
): Response {
  const other = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`;
  if (router.match(method, other) !== undefined) return new Response(null, { status: 302, headers: { location: `${other}${search}` } });
  const isOtherMethod = ['GET', 'POST', 'DELETE'].some((known) => router.match(known, pathname) !== undefined);
  throw isOtherMethod ? detailError(405, `Method "${method}" not allowed.`) : detailError(404, 'Not Found');
}

function throttled(waitMs: number | undefined): Response {
  const headers = new Headers();
  if (waitMs !== undefined) headers.set('retry-after', String(Math.ceil(waitMs / 1000)));
  return Response.json({ detail: 'Request was throttled.' }, { status: 429, headers });
}
