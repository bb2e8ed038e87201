import type { ServerResponse } from 'node:http';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { type FrameworkRequest, openNodeBody } from './node-request-body.ts';
import { refuse } from './webhook-refusal.ts';

/**
 * Answers a request of node:http. Returns at once and never throws.
 *
 * Typed as returning nothing so that it can be given to `createServer` as it is. In fact it returns a promise that resolves once the answer
 * was written, for hosts that wait for it (Next's pages, serverless adapters).
 */
export type NodeHandler = (request: FrameworkRequest, response: ServerResponse) => void;

type WebHandler = (request: Request) => Promise<Response>;

// The Fetch standard forbids requests with these methods.
const unspeakableMethods = new Set(['CONNECT', 'TRACE', 'TRACK']);

/**
 * Fits a handler of web requests to node:http and to the frameworks on it: Express, Fastify (`request.raw`, `reply.raw`), Next's pages API.
 *
 * Works best without a body parser. After one it uses `request.rawBody` or a body that is still bytes or text; when there is only parsed JSON
 * the handler gets a body that fails with `webhook.body_already_parsed`.
 *
 * Throws `ConfigurationError` when no handler is given.
 *
 * @example
 * http.createServer(toNodeHandler(createWebhookHandler({ keys, onEvent }))).listen(3000);
 */
export function toNodeHandler(handler: WebHandler): NodeHandler {
  if (typeof handler !== 'function') throw handlerMissing();
  // oxlint-disable-next-line typescript/no-misused-promises -- see NodeHandler; the promise never rejects
  return async (request, response) => {
    const answer = await handle(handler, request);
    try {
      await writeResponse(response, answer);
    } catch {
      // The connection is gone, or the framework has answered already.
      response.end();
    }
    // What the handler did not read has to leave the connection: a sender that goes on sending would be stuck for ever.
    request.resume();
  };
}

async function handle(handler: WebHandler, request: FrameworkRequest): Promise<Response> {
  if (unspeakableMethods.has(request.method ?? '')) return refuse({ status: 405, code: 'method_not_allowed' });
  try {
    return await handler(toWebRequest(request));
  } catch {
    return refuse({ status: 500, code: 'internal_error' });
  }
}

function toWebRequest(request: FrameworkRequest): Request {
  const path = request.originalUrl ?? request.url ?? '/';
  const method = request.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  // The sender chooses the Host header, so it is not worth believing; handlers look at the path only.
  return new Request(`http://localhost${path.startsWith('/') ? path : '/'}`, {
    method,
    headers: toWebHeaders(request),
    ...(hasBody && { body: openNodeBody(request), duplex: 'half' }),
  });
}

function toWebHeaders({ headers }: FrameworkRequest): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    // HTTP/2 has pseudo-headers such as ":path".
    if (value === undefined || name.startsWith(':')) continue;
    for (const single of [value].flat()) result.append(name, single);
  }
  return result;
}

async function writeResponse(response: ServerResponse, answer: Response): Promise<void> {
  const body = answer.body === null ? undefined : Buffer.from(await answer.arrayBuffer());
  if (response.headersSent) return;
  response.statusCode = answer.status;
  response.setHeaders(answer.headers);
  response.end(body);
}

function handlerMissing(): ConfigurationError {
  return new ConfigurationError('toNodeHandler: the handler is missing.', {
    code: 'config.missing_option',
    recovery: 'never',
    hint: 'Pass what createWebhookHandler returned: toNodeHandler(createWebhookHandler({ keys, onEvent })).',
    details: { option: 'handler' },
  });
}
