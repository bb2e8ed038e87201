import { z } from 'zod';
import { type AccessToken, accessToken } from './access-token.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDestinationRequester } from './create-destination-requester.ts';
import type { ErrorTable, FailedAnswer, FailureFacts } from './error-table.ts';
import { formBody } from './request-body.ts';
import { type Secret, secret } from './secret.ts';

export interface AccessTokenRequest {
  /** The store's name, such as `dropbox`; begins every message. */
  readonly provider: string;
  /** The token endpoint. */
  readonly url: string | URL;
  /** Everything the grant needs, the client's own credentials included: all of it travels in the body. */
  readonly form: Readonly<Record<string, string>>;
  /** What to do about a refusal, by the endpoint's `error`, such as `invalid_grant`. */
  readonly hints?: Readonly<Record<string, string>> | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** @default 30000 */
  readonly timeoutMs?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a token endpoint gave. */
export interface TokenGrant {
  readonly token: AccessToken;
  /** Replaces the refresh token in use, where the endpoint rotates them. */
  readonly refreshToken?: Secret<string> | undefined;
}

const grantSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
});

const refusalSchema = z.object({ error: z.string(), error_codes: z.array(z.number()).optional() });

/**
 * Asks an OAuth 2 token endpoint for a token, once.
 *
 * Throws `destination.unauthorized` when the grant is refused, `destination.rate_limited` or `destination.unavailable` when the endpoint cannot
 * answer now. Whether it may be repeated depends on the grant: a rotating refresh token may be used up.
 *
 * @example
 * const { token } = await requestAccessToken({ provider: 'box', url, form: { grant_type: 'client_credentials', client_id, client_secret } });
 */
export async function requestAccessToken(request: AccessTokenRequest): Promise<TokenGrant> {
  const { provider, url, form, hints = {}, fetch, timeoutMs = 30_000, clock = systemClock, signal } = request;
  const requester = createDestinationRequester({ provider, errorTable: tokenEndpointErrors(hints), fetch, timeoutMs, clock });
  const askedAt = clock.now();
  const answer = await requester.request({
    operation: 'get an access token',
    method: 'POST',
    url,
    headers: { accept: 'application/json' },
    body: formBody(form),
    expect: [200],
    auth: false,
    repeat: 'never',
    signal,
  });
  const grant = answer.json(grantSchema);
  const expiresAt = grant.expires_in === undefined ? undefined : new Date(askedAt + grant.expires_in * 1000);
  return {
    token: accessToken(grant.access_token, { expiresAt }),
    refreshToken: grant.refresh_token === undefined ? undefined : secret(grant.refresh_token),
  };
}

function tokenEndpointErrors(hints: Readonly<Record<string, string>>): ErrorTable {
  const refused = { status: [400, 401, 403], code: 'destination.unauthorized', recovery: 'operator' } as const;
  return {
    rows: [
      { status: 400, reason: /^(temporarily_unavailable|server_error|slow_down)$/, code: 'destination.unavailable', recovery: 'retry' },
      ...Object.entries(hints).map(([reason, hint]) => ({ ...refused, reason, hint })),
      { ...refused, hint: 'Look at the credentials given as `auth`: they are wrong, expired or revoked.' },
    ],
    readFailure,
  };
}

/** The endpoint's `error_description` stays out: it names accounts. https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
function readFailure({ json }: FailedAnswer): FailureFacts {
  const refusal = refusalSchema.safeParse(json);
  if (!refusal.success) return {};
  const { error, error_codes: errorCodes } = refusal.data;
  // Entra's own numbers say more than `error` does. https://learn.microsoft.com/entra/identity-platform/reference-error-codes
  return { reason: error, ...(errorCodes === undefined ? {} : { details: { errorCodes: errorCodes.map(String) } }) };
}
