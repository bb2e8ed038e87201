import { readSmallBody } from '../../emulator/body-streams.ts';
import type { EmulatorHandler } from '../../emulator/emulator-handler.ts';
import { Router } from '../../emulator/router.ts';
import type { BoxBehaviour } from '../box-behaviour.ts';
import type { BoxEnterprise } from '../box-enterprise.ts';
import { BoxRefusal } from '../box-refusal.ts';
import type { BoxCall, BoxExchange, BoxOrigin } from './box-call.ts';
import { addDownloadRoutes, addFileRoutes } from './files-api.ts';
import { addFolderRoutes } from './folders-api.ts';
import { addMetadataRoutes } from './metadata-api.ts';
import { addSessionRoutes, sessionServer } from './sessions-api.ts';
import { addTemplateRoutes } from './templates-api.ts';
import { addUploadRoutes } from './uploads-api.ts';

export interface BoxHandlerOptions {
  readonly enterprise: BoxEnterprise;
  readonly behaviour: BoxBehaviour;
  readonly onExchange: (exchange: BoxExchange) => void;
}

export function createBoxHandlers(options: BoxHandlerOptions): Record<BoxOrigin, EmulatorHandler<BoxOrigin>> {
  const api = new Router<BoxCall>();
  addFolderRoutes(api);
  addFileRoutes(api);
  addMetadataRoutes(api);
  addTemplateRoutes(api);
  addUserRoutes(api);
  // The check before an upload is the one request about uploads that goes to the API's own host.
  const upload = new Router<BoxCall>();
  addUploadRoutes(upload);
  addUploadRoutes(api);
  addSessionRoutes(upload);
  const download = new Router<BoxCall>();
  addDownloadRoutes(download);
  return {
    api: (request, context) => {
      const isToken = new URL(request.url).pathname === '/oauth2/token' && request.method === 'POST';
      return isToken ? grant(request, options) : serve(request, { ...options, context, router: api, prefixes: ['/2.0'] });
    },
    upload: (request, context) =>
      serve(request, { ...options, context, router: upload, prefixes: [`${sessionServer}/api/2.0`, '/api/2.0'] }),
    download: async (request, context) => {
      const routed = await download.handle(request, { ...options, userId: '', context, noteBody: () => undefined });
      return routed ?? new Response('Not found', { status: 404 });
    },
  };
}

interface ServeOptions extends BoxHandlerOptions {
  readonly context: BoxCall['context'];
  readonly router: Router<BoxCall>;
  readonly prefixes: readonly string[];
}

async function serve(request: Request, options: ServeOptions): Promise<Response> {
  const url = new URL(request.url);
  const prefix = options.prefixes.find((candidate) => url.pathname.startsWith(`${candidate}/`));
  const path = prefix === undefined ? url.pathname : url.pathname.slice(prefix.length);
  let requestBody: unknown;
  const response = await answer(request, { ...options, url, path, noteBody: (body) => void (requestBody = body) });
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const responseBody: unknown = isJson ? await response.clone().json() : undefined;
  options.onExchange({ method: request.method, path, query: url.searchParams, status: response.status, requestBody, responseBody });
  return response;
}

interface AnswerOptions extends ServeOptions {
  readonly url: URL;
  readonly path: string;
  readonly noteBody: (body: unknown) => void;
}

async function answer(request: Request, { enterprise, behaviour, context, router, url, path, noteBody }: AnswerOptions): Promise<Response> {
  try {
    const userId = enterprise.accounts.userOf(request);
    enterprise.accounts.countCall(userId);
    const match = router.match(request.method, path);
    if (match === undefined) throw new BoxRefusal(404, 'not_found');
    return await match.handler({ request, url, params: match.params, context: { enterprise, behaviour, userId, context, noteBody } });
  } catch (error) {
    if (!(error instanceof BoxRefusal)) throw error;
    return error.toResponse(`request-${context.record.sequence}`);
  }
}

async function grant(request: Request, { enterprise }: BoxHandlerOptions): Promise<Response> {
  const body = await readSmallBody(request.body as Parameters<typeof readSmallBody>[0]);
  return enterprise.accounts.grant(new URLSearchParams(new TextDecoder().decode(body)));
}

function addUserRoutes(router: Router<BoxCall>): void {
  router.on('GET', '/users/me', ({ url, context: { enterprise, behaviour, userId } }) => {
    const user: Readonly<Record<string, unknown>> = {
      name: 'Archive app',
      login: `AutomationUser_${userId}@boxdevedition.com`,
      max_upload_size: behaviour.maxFileBytes,
      space_amount: Number.isFinite(behaviour.quotaBytes) ? behaviour.quotaBytes : 1e15,
      space_used: [...enterprise.files.values()].reduce((used, { content }) => used + content.size, 0),
      status: 'active',
      enterprise: { type: 'enterprise', id: enterprise.enterpriseId, name: 'Emulated enterprise' },
    };
    const wanted = url.searchParams.get('fields')?.split(',') ?? Object.keys(user);
    const chosen = Object.fromEntries(wanted.filter((name) => name in user).map((name) => [name, user[name]]));
    return Response.json({ type: 'user', id: userId, ...chosen });
  });
}
