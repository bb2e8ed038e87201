import { networkCode, neverSent, safeCause } from '../../destination/http/network-failure.ts';
import { SpotDraftError } from '../../errors/spotdraft-error.ts';
import { nameOf, peerOf, type RequestLabel } from './request-label.ts';

export interface NetworkErrorOptions {
  readonly label: RequestLabel;
  /** Set when our own deadline ended the request. */
  readonly timeoutMs?: number | undefined;
}

export const doubtHint = 'It may have been carried out all the same: look in SpotDraft before you repeat it.';

/** A request that got no whole answer: `spotdraft.timeout` or `spotdraft.unavailable`. */
export function networkError(error: unknown, { label, timeoutMs }: NetworkErrorOptions): SpotDraftError {
  const code = timeoutMs === undefined ? networkCode(error) : undefined;
  const isCertain = label.isRepeatable || hadNoEffect(code);
  const problem = timeoutMs === undefined ? (code ?? 'the connection failed') : `no answer within ${timeoutMs} ms`;
  return new SpotDraftError(`${peerOf(label)} could not be reached for ${nameOf(label)} (${problem}).`, {
    code: timeoutMs === undefined ? 'spotdraft.unavailable' : 'spotdraft.timeout',
    recovery: isCertain ? 'retry' : 'operator',
    hint: isCertain ? `Look at the network between this machine and ${label.host}, proxies and firewalls included.` : doubtHint,
    method: label.method,
    path: label.path,
    details: { host: label.host, attempts: label.attempt, ...(code !== undefined && { networkCode: code }) },
    cause: safeCause(error),
  });
}

/** True when the request certainly never arrived. */
export function hadNoEffect(code: unknown): boolean {
  return typeof code === 'string' && neverSent.has(code);
}
