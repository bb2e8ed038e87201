import { DestinationError } from '../../errors/destination-error.ts';
import { type AccessToken, accessToken } from './access-token.ts';
import { type Clock, systemClock } from './clock.ts';
import { toTokenError } from './token-error.ts';
import { untilAborted } from './until-aborted.ts';

export interface TokenRequest {
  /** The token that the store just refused; a cache of yours should not give it again. */
  readonly rejected: AccessToken | undefined;
  /** Aborted when the token takes too long. */
  readonly signal: AbortSignal;
}

/** Gets a token from wherever it comes from. A plain `async () => token` is one. */
export type FetchToken = (request: TokenRequest) => Promise<string | AccessToken>;

export interface TokenSourceOptions {
  /** The store's name, such as `dropbox`; begins every message. */
  readonly provider: string;
  /** A token that is used until it is refused, or the function that gets one. */
  readonly auth: string | FetchToken;
  /** What to do when the credentials are refused, in the words of the store's own set-up. */
  readonly hint?: string | undefined;
  /** A new token is fetched this long before the old one ends, at the latest at half its life. @default 120000 */
  readonly refreshBeforeExpiryMs?: number | undefined;
  /** How long a token is kept that came without an end. @default 300000 */
  readonly assumedLifetimeMs?: number | undefined;
  /** @default 60000 */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

export interface TokenCallOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Gives the token for each request.
 *
 * Kept until shortly before it ends; callers share one refresh, and one caller's abort does not fail the others. Both methods reject with
 * `destination.unauthorized` when the credentials are refused and with `destination.unavailable` when they cannot be checked now.
 */
export interface TokenSource {
  get(options?: TokenCallOptions): Promise<AccessToken>;
  /** Gives another token after the store refused this one. Rejects with `destination.unauthorized` when there is no other. */
  refreshAfter(rejected: AccessToken, options?: TokenCallOptions): Promise<AccessToken>;
}

/** After a failed early refresh the old token is used on; this long later the next refresh is tried. */
const pauseAfterFailedRefreshMs = 10_000;

interface KeptToken {
  readonly token: AccessToken;
  readonly endsAt: number;
  refreshAt: number;
}

/**
 * Makes a token source. Connects to nothing until a token is needed.
 *
 * @example
 * const tokenSource = createTokenSource({ provider: 'dropbox', auth: async () => vault.read('dropbox-token') });
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { provider, auth, hint, refreshBeforeExpiryMs = 120_000, assumedLifetimeMs = 300_000, timeoutMs = 60_000 } = options;
  const clock = options.clock ?? systemClock;
  let kept: KeptToken | undefined;
  let running: Promise<AccessToken> | undefined;

  async function fetchToken(rejected: AccessToken | undefined): Promise<AccessToken> {
    if (typeof auth === 'string') return accessToken(auth);
    const signal = AbortSignal.timeout(timeoutMs);
    const given = await untilAborted(auth({ rejected, signal }), signal);
    return typeof given === 'string' ? accessToken(given) : accessToken(given.token, { expiresAt: given.expiresAt });
  }

  async function refresh(rejected: AccessToken | undefined): Promise<AccessToken> {
    const askedAt = clock.now();
    try {
      const token = checkToken(await fetchToken(rejected), { provider, hint });
      const endsAt = token.expiresAt?.getTime() ?? askedAt + assumedLifetimeMs;
      const refreshAt = Math.max(endsAt - refreshBeforeExpiryMs, askedAt + (endsAt - askedAt) / 2);
      kept = { token, endsAt, refreshAt };
      return token;
    } catch (error) {
      throw toTokenError(error, { provider, hint });
    }
  }

  // The work belongs to nobody in particular and is never aborted with a caller: a refresh token that rotates would be lost half-way.
  function shareRefresh(rejected: AccessToken | undefined): Promise<AccessToken> {
    running ??= refresh(rejected).finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    async get({ signal } = {}) {
      signal?.throwIfAborted();
      if (kept !== undefined && clock.now() < kept.refreshAt) return kept.token;
      try {
        return await untilAborted(shareRefresh(undefined), signal);
      } catch (error) {
        signal?.throwIfAborted();
        if (kept === undefined || clock.now() >= kept.endsAt) throw error;
        kept.refreshAt = clock.now() + pauseAfterFailedRefreshMs;
        return kept.token;
      }
    },
    async refreshAfter(rejected, { signal } = {}) {
      signal?.throwIfAborted();
      if (kept !== undefined && kept.token.token !== rejected.token) return kept.token;
      kept = undefined;
      const token = await untilAborted(shareRefresh(rejected), signal);
      if (token.token === rejected.token) throw refusedToken({ provider, hint });
      return token;
    },
  };
}

interface TokenErrorContext {
  readonly provider: string;
  readonly hint: string | undefined;
}

function refusedToken({ provider, hint }: TokenErrorContext): DestinationError {
  return new DestinationError(`${provider}: the access token was refused, and there is no other.`, {
    code: 'destination.unauthorized',
    recovery: 'operator',
    hint: hint ?? 'Give a valid token as `auth`, or a function that gets a new one.',
  });
}

/** `fetch` would name the whole header, token included, in its own error. */
function checkToken(token: AccessToken, { provider, hint }: TokenErrorContext): AccessToken {
  if (/^[\x21-\x7e]+$/.test(token.token)) return token;
  throw new DestinationError(`${provider}: the access token is empty or holds characters that no token has, such as a line break.`, {
    code: 'destination.unauthorized',
    recovery: 'operator',
    hint: hint ?? 'Look at where the token is read from.',
  });
}
