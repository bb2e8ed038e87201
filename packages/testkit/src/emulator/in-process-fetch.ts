import { ConnectionCut } from './connection-cut.ts';

/** Answers one request, or rejects with `ConnectionCut`. */
export type AnswerRequest = (request: Request) => Promise<Response>;

const redirectStatuses = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 20;

/**
 * Makes a `fetch` that never leaves the process. It keeps the promises of the global one: aborts reject with the signal's reason, a cut
 * connection with a `TypeError`, redirects are followed unless the request says otherwise.
 */
export function createInProcessFetch(answer: AnswerRequest): typeof fetch {
  return async (input, init) => {
    let request = withContentLength(new Request(input, init), init?.body);
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      const response = await untilAborted(answer(request), request.signal);
      const location = redirectStatuses.has(response.status) ? response.headers.get('location') : null;
      if (location === null || request.redirect === 'manual') return Object.defineProperty(response, 'url', { value: request.url });
      if (request.redirect === 'error') throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
      request = redirectedRequest(request, new URL(location, request.url), response.status);
    }
    throw new TypeError('fetch failed', { cause: new Error('redirect count exceeded') });
  };
}

function withContentLength(request: Request, body: unknown): Request {
  const byteLength = knownByteLength(body);
  if (byteLength !== undefined && !request.headers.has('content-length')) request.headers.set('content-length', String(byteLength));
  return request;
}

function knownByteLength(body: unknown): number | undefined {
  if (typeof body === 'string' || body instanceof URLSearchParams) return Buffer.byteLength(String(body));
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  return body instanceof Blob ? body.size : undefined;
}

async function untilAborted(response: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const watching = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { signal: watching.signal });
  });
  try {
    return await Promise.race([aborted, response]);
  } catch (error) {
    response.catch(() => undefined);
    if (signal.aborted) throw signal.reason;
    throw error instanceof ConnectionCut ? new TypeError('fetch failed', { cause: error.cause }) : error;
  } finally {
    watching.abort();
  }
}

function redirectedRequest(request: Request, location: URL, status: number): Request {
  const becomesGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  if (request.body !== null && !becomesGet)
    throw new TypeError('fetch failed', { cause: new Error('a streamed body cannot be sent again') });
  const headers = new Headers(request.headers);
  if (becomesGet) for (const name of ['content-length', 'content-type', 'content-encoding']) headers.delete(name);
  if (location.origin !== new URL(request.url).origin) for (const name of ['authorization', 'cookie']) headers.delete(name);
  return new Request(location, {
    method: becomesGet ? 'GET' : request.method,
    headers,
    signal: request.signal,
    redirect: request.redirect,
  });
}
