import { ConfigurationError, createTokenSource, type FetchToken, type TokenSource } from '@spotdraft-archive/core/destination';
import type { AuthContext } from './auth-context.ts';
import {
  fetchFromAzureIdentity,
  fetchFromGraphClient,
  fetchFromMsal,
  type GraphClient,
  type MsalApplication,
  type TokenCredential,
} from './client-auth.ts';
import {
  type ClientCertificate,
  type ClientSecret,
  grantCertificate,
  grantClientSecret,
  grantRefreshToken,
  type RefreshTokenGrant,
} from './grants.ts';

/** Everything that `auth` may be. */
export type GraphAuth =
  | string
  | FetchToken
  | ClientSecret
  | ClientCertificate
  | RefreshTokenGrant
  | TokenCredential
  | MsalApplication
  | GraphClient;

const hint =
  'Look at Entra ID > App registrations > your app: the secret or certificate may have expired, the tenant may be wrong, or consent was withdrawn. ' +
  'A refresh token that was not used for 90 days has died: sign in again.';

/** Makes one source of tokens out of any kind of `auth`. Throws `ConfigurationError` for what is none of them; connects to nothing. */
export function tokenSourceFor(auth: GraphAuth, context: AuthContext): TokenSource {
  const { provider, clock } = context;
  return createTokenSource({ provider, auth: readAuth(auth, context), hint, clock });
}

/** The id of the app, where `auth` tells it. */
export function clientIdOf(auth: GraphAuth): string | undefined {
  return typeof auth === 'object' && 'clientId' in auth ? auth.clientId : undefined;
}

function readAuth(auth: GraphAuth, context: AuthContext): string | FetchToken {
  if (typeof auth === 'string' || typeof auth === 'function') return auth;
  if (typeof auth === 'object') {
    if ('getToken' in auth) return fetchFromAzureIdentity(auth, context);
    if ('acquireTokenByClientCredential' in auth) return fetchFromMsal(auth, context);
    if ('api' in auth) return fetchFromGraphClient(auth, context);
    if ('refreshToken' in auth) return grantRefreshToken(auth, context);
    if ('certificate' in auth) return grantCertificate(auth, context);
    if ('clientSecret' in auth) return grantClientSecret(auth, context);
  }
  throw new ConfigurationError(`${context.provider}: "auth" is of no kind that is known.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint:
      'Pass a token, a function, { tenantId, clientId, clientSecret }, { tenantId, clientId, certificate }, { clientId, refreshToken }, ' +
      'a TokenCredential, an MSAL ConfidentialClientApplication or a Graph Client.',
  });
}
