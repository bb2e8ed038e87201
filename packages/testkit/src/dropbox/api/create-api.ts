import type { EmulatorClock } from '../../emulator/index.ts';
import { type EmulatorHandler, readSmallBody, SlidingWindowLimiter, StoredBytes } from '../../emulator/index.ts';
import { ContentHash } from '../content-hash.ts';
import type { DropboxBehaviour } from '../dropbox-behaviour.ts';
import { badRequest, DropboxRefusal, rateLimited } from '../dropbox-refusal.ts';
import type { DropboxState } from '../state/dropbox-state.ts';
import { accountRoutes } from './account-routes.ts';
import { authorize, namespaceOf } from './authorize.ts';
import { batchRoutes } from './batch-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { propertyRoutes } from './property-routes.ts';
import type { Route, RouteCall, Routes } from './route.ts';
import { searchRoutes } from './search-routes.ts';
import { sendBytes } from './send-bytes.ts';
import { answerTokenRequest } from './token-endpoint.ts';
import { uploadRoutes } from './upload-routes.ts';

/** The API, and the host for bytes. */
export type DropboxOrigin = 'api' | 'content';

/** What went over the wire, for comparison with Dropbox's own description. */
export interface DropboxExchange {
  /** Such as `files/upload`. */
  readonly route: string;
  readonly kind: 'argument' | 'result' | 'error';
  readonly value: unknown;
}

export interface ApiOptions {
  readonly state: DropboxState;
  readonly behaviour: DropboxBehaviour;
  readonly clock: EmulatorClock;
  readonly onExchange: (exchange: DropboxExchange) => void;
}

const routes: Routes = {
  ...uploadRoutes,
  ...batchRoutes,
  ...fileRoutes,
  ...propertyRoutes,
  ...searchRoutes,
  ...accountRoutes,
  ...linkRoutes,
};
const maxHeaderBytes = 8_192;

/** Answers the requests of both hosts. */
export function createApi(options: ApiOptions): EmulatorHandler<DropboxOrigin> {
  const { state, behaviour, clock } = options;
  const limiter = new SlidingWindowLimiter({ limit: behaviour.requestsPerMinute, windowMs: 60_000, clock });
  const answerRoute = createRouteAnswer(options);
  return async (request, context) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/oauth2/token' && context.origin === 'api') return answerTokenRequest(request, state, behaviour);
    const name = pathname.replace(/^\/2\//, '');
    const found = routes[name];
    if (found === undefined || hostOf(found) !== context.origin) return new Response('Unknown API function', { status: 404 });
    try {
      const waitMs = Number.isFinite(behaviour.requestsPerMinute) ? limiter.take() : 0;
      if (waitMs > 0) throw rateLimited('too_many_requests', Math.ceil(waitMs / 1000));
      return dated(await answerRoute(request, { name, route: found }), clock);
    } catch (error) {
      if (!(error instanceof DropboxRefusal)) throw error;
      if (error.status === 409)
        options.onExchange({ route: name, kind: 'error', value: (error.body as { readonly error: unknown }).error });
      return dated(refusal(error), clock);
    }
  };
}

interface RouteRequest {
  readonly name: string;
  readonly route: Route;
}

function createRouteAnswer({ state, behaviour, clock, onExchange }: ApiOptions) {
  const lock = createNamespaceLock(behaviour);
  return async (request: Request, { name, route }: RouteRequest): Promise<Response> => {
    authorize(request, { name, route, state, behaviour });
    const namespace = namespaceOf(request, state);
    const isCommit = name === 'files/upload' || name === 'files/upload_session/finish';
    const unlock = isCommit ? lock(namespace) : undefined;
    try {
      const { argument, body, bodyHash } = await receive(request, name, route);
      onExchange({ route: name, kind: 'argument', value: argument });
      const call: RouteCall = { state, behaviour, tree: state.tree(namespace), now: clock.now(), body, bodyHash };
      const { result, bytes } = await route.answer(name, argument, call);
      onExchange({ route: name, kind: 'result', value: result });
      return bytes === undefined ? Response.json(result) : sendBytes(bytes, result, request);
    } finally {
      unlock?.();
    }
  };
}

/** Parallel commits to one namespace contend; Dropbox refuses the later ones. */
function createNamespaceLock({ hasNamespaceLock }: DropboxBehaviour): (namespace: string) => () => void {
  const locked = new Set<string>();
  return (namespace) => {
    if (hasNamespaceLock && locked.has(namespace)) throw rateLimited('too_many_write_operations', 1);
    locked.add(namespace);
    return () => locked.delete(namespace);
  };
}

function hostOf({ style }: Route): DropboxOrigin {
  return style === 'rpc' ? 'api' : 'content';
}

interface Received {
  readonly argument: unknown;
  readonly body: StoredBytes;
  readonly bodyHash: string;
}

async function receive(request: Request, name: string, { style }: Route): Promise<Received> {
  const body = new StoredBytes({ maxMemoryBytes: 16 * 2 ** 20 });
  const hash = new ContentHash();
  if (request.method !== 'POST' && !(style === 'download' && request.method === 'GET')) {
    throw badRequest(name, `Unexpected HTTP method ${request.method}.`);
  }
  if (style === 'rpc') return { argument: await readJsonBody(request, name), body, bodyHash: '' };
  const argument = readArgumentHeader(request, name);
  if (style === 'upload') {
    checkMediaType(request, name, /^(application\/octet-stream|text\/plain; charset=dropbox-cors-hack)$/);
    try {
      for await (const chunk of request.body ?? []) {
        hash.update(chunk);
        await body.append(chunk);
      }
    } catch (error) {
      await body.remove();
      throw error;
    }
  }
  return { argument, body, bodyHash: hash.digest() };
}

async function readJsonBody(request: Request, name: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readSmallBody(request.body));
  if (text === '') return null;
  checkMediaType(request, name, /^application\/json(; ?charset=utf-8)?$/i);
  return parseJson(text, name);
}

function readArgumentHeader(request: Request, name: string): unknown {
  const text = request.headers.get('dropbox-api-arg') ?? new URL(request.url).searchParams.get('arg');
  if (text === null) throw badRequest(name, 'Must provide HTTP header "Dropbox-API-Arg" or URL parameter "arg".');
  if (/[^\x20-\x7e]/.test(text)) throw badRequest(name, 'HTTP header "Dropbox-API-Arg": could not decode input as JSON');
  if (text.length > maxHeaderBytes) throw new DropboxRefusal(431, 'Request Header Fields Too Large');
  return parseJson(text, name);
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest(name, 'could not decode input as JSON');
  }
}

function checkMediaType({ headers }: Request, name: string, accepted: RegExp): void {
  const given = headers.get('content-type') ?? '';
  if (!accepted.test(given)) throw badRequest(name, `Bad HTTP "Content-Type" header: "${given}".`);
}

function refusal({ status, body, headers }: DropboxRefusal): Response {
  if (typeof body === 'string') return new Response(body, { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } });
  return Response.json(body, { status, headers });
}

/** The `Date` of an answer follows the emulator's clock, as the times of its files do. */
function dated(response: Response, clock: EmulatorClock): Response {
  response.headers.set('date', new Date(clock.now()).toUTCString());
  response.headers.set('x-dropbox-request-id', 'emulated0000000000000000000000ab');
  return response;
}
