import { DestinationError } from '../../errors/destination-error.ts';
import { isSecure } from './base-url.ts';
import type { OutgoingRequest } from './exchange.ts';
import type { OutgoingBody } from './outgoing-body.ts';

export interface FetchOptions {
  readonly body: OutgoingBody | undefined;
  readonly signal: AbortSignal;
}

/** Not 308: Drive says "go on with the upload" by it, and no store redirects a download that way. */
const redirectStatuses = new Set([301, 302, 303, 307]);

/** These are needed at the other host; the token and everything else stay behind. */
const keptHeaders = ['accept-encoding', 'range', 'user-agent'];

/** Fetches, and follows up to `maxRedirects` redirects without credentials. Beyond that the redirect itself is the answer. */
export async function fetchFollowing(outgoing: OutgoingRequest, { body, signal }: FetchOptions): Promise<Response> {
  const { fetch, method, maxRedirects } = outgoing;
  const payload = body === undefined ? {} : { body: body.payload, duplex: 'half' as const };
  let { url, headers } = outgoing;
  let response = await fetch(url, { method, headers, ...payload, redirect: redirectMode(outgoing, body), signal });
  for (let followed = 0; followed < maxRedirects && redirectStatuses.has(response.status); followed += 1) {
    url = redirectTarget(response, { ...outgoing, url });
    headers = new Headers(keptHeaders.flatMap((name) => headerEntry(headers, name)));
    await response.body?.cancel();
    response = await fetch(url, { method, headers, redirect: 'manual', signal });
  }
  return response;
}

// Unless a redirect is an error beforehand, Node's fetch keeps every byte of a streamed body until the answer is there.
// https://github.com/nodejs/undici/issues/4058
function redirectMode({ expectsRedirect }: OutgoingRequest, body: OutgoingBody | undefined): 'error' | 'manual' {
  return body?.payload instanceof ReadableStream && !expectsRedirect ? 'error' : 'manual';
}

function headerEntry(headers: Headers, name: string): [string, string][] {
  const value = headers.get(name);
  return value === null ? [] : [[name, value]];
}

function redirectTarget(response: Response, { provider, operation, url }: OutgoingRequest): URL {
  const location = response.headers.get('location') ?? '';
  const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (target !== undefined && isSecure(target)) return target;
  throw new DestinationError(`${provider}: could not ${operation}: the store redirects to an address that is not https.`, {
    code: 'destination.unexpected_answer',
    recovery: 'operator',
    hint: 'Look at the base addresses in the options of the destination and at proxies.',
    details: { provider, operation, status: response.status },
  });
}
