import type { AccessToken } from './access-token.ts';
import type { DestinationRequest } from './requester-types.ts';

export interface OutgoingHeadersOptions {
  readonly provider: string;
  readonly token: AccessToken | undefined;
  readonly userAgent: string;
}

/** All headers of a request. Throws `TypeError` for a value no header can hold, and does not quote it. */
export function outgoingHeaders(request: Pick<DestinationRequest, 'headers' | 'body'>, options: OutgoingHeadersOptions): Headers {
  const { provider, token, userAgent } = options;
  const { body, headers: own = {} } = request;
  const headers = new Headers({ 'user-agent': userAgent });
  if (body?.mediaType !== undefined) headers.set('content-type', body.mediaType);
  // With its length stated a stream is not sent chunked, which stores refuse or count wrongly.
  if (body !== undefined) headers.set('content-length', String(body.size));
  for (const [name, value] of Object.entries(own)) {
    try {
      headers.set(name, value);
    } catch {
      // The original error quotes the value.
      throw new TypeError(`${provider}: the header "${name}" holds characters that no header can.`);
    }
  }
  if (token !== undefined) headers.set('authorization', `Bearer ${token.token}`);
  return headers;
}
