import { DestinationError } from '../../errors/destination-error.ts';
import { redirectHint } from './default-row.ts';
import { FailedTry } from './failed-try.ts';

export interface NetworkFailureOptions {
  readonly provider: string;
  readonly operation: string;
  /** Set when our own deadline ended the request. */
  readonly timeoutMs?: number | undefined;
}

/** With these the request never left this machine. */
export const neverSent: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** A request that got no answer: `destination.unavailable`. */
export function networkFailure(error: unknown, { provider, operation, timeoutMs }: NetworkFailureOptions): FailedTry {
  if (isRefusedRedirect(error)) return redirectFailure({ provider, operation });
  const code = networkCode(error);
  const what = timeoutMs === undefined ? (code ?? 'the connection failed') : `no sign of life for ${timeoutMs} ms`;
  return new FailedTry({
    error: new DestinationError(`${provider}: could not ${operation} (${what}).`, {
      code: 'destination.unavailable',
      recovery: 'retry',
      hint: 'Look at the network between this machine and the store.',
      details: { provider, operation, ...(code === undefined ? {} : { networkCode: code }) },
      cause: safeCause(error),
    }),
    isRepeatable: true,
    effect: code !== undefined && neverSent.has(code) ? 'none' : 'unknown',
    pauses: 'request',
  });
}

/** With `redirect: 'error'` Node's fetch says it in words only. */
function isRefusedRedirect(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error && error.cause.message === 'unexpected redirect';
}

function redirectFailure({ provider, operation }: NetworkFailureOptions): FailedTry {
  return new FailedTry({
    error: new DestinationError(`${provider}: could not ${operation} (the answer is a redirect).`, {
      code: 'destination.unexpected_answer',
      recovery: 'operator',
      hint: redirectHint,
      details: { provider, operation },
    }),
    isRepeatable: false,
    effect: 'none',
    pauses: 'request',
  });
}

/** The operating system's or Node's own word for what went wrong, such as `ECONNRESET`. */
export function networkCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ('code' in current && typeof current.code === 'string' && /^\w{1,60}$/.test(current.code)) return current.code;
  }
  return undefined;
}

/** Node's own `fetch` names hosts and ports at most. Other implementations quote the address, which may be a secret. */
export function safeCause(error: unknown): unknown {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated') ? error : undefined;
}
