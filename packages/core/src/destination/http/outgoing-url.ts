import { DestinationError } from '../../errors/destination-error.ts';
import { isSecure } from './base-url.ts';
import type { DestinationRequest } from './requester-types.ts';

/** The address of a request. Throws `destination.unexpected_answer` for one that is not safe to call: the adapter got it from the store. */
export function outgoingUrl(
  { url, query = {}, operation }: Pick<DestinationRequest, 'url' | 'query' | 'operation'>,
  provider: string,
): URL {
  const text = typeof url === 'object' && 'reveal' in url ? url.reveal() : String(url);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !isSecure(parsed)) {
    throw unsafeAddress(`${provider}: could not ${operation}: the address is not an https address.`);
  }
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parsed.searchParams.append(name, value);
  }
  return parsed;
}

/** Throws unless a host is one of those that are given the token. */
export function checkCredentialHost(url: URL, { provider, hosts }: { readonly provider: string; readonly hosts: readonly string[] }): void {
  const isKnown = hosts.some((host) => (host.startsWith('*.') ? url.host.endsWith(host.slice(1)) : url.host === host));
  if (isKnown) return;
  throw unsafeAddress(`${provider}: the token is not sent to ${url.host}, which is not a host of this store.`);
}

function unsafeAddress(message: string): DestinationError {
  return new DestinationError(message, {
    code: 'destination.unexpected_answer',
    recovery: 'operator',
    hint: 'Look at the base addresses in the options of the destination.',
  });
}
