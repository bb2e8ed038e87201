import {
  accessToken,
  type Clock,
  createTokenSource,
  type FetchToken,
  parseBaseUrl,
  readPrivateKey,
  requestAccessToken,
  signAssertion,
  systemClock,
  type TokenSource,
} from '@spotdraft-archive/core/destination';
import { credentialsHint, factory, invalidOption, provider } from './errors.ts';
import { fromGoogleClient, type GoogleClient, isGoogleClient } from './google-client.ts';

/** The fields of a service account's key file that are needed; the whole file may be given. */
export interface ServiceAccount {
  readonly client_email: string;
  readonly private_key: string;
  /** The user it acts for, with domain-wide delegation. */
  readonly subject?: string | undefined;
  /** @default ['https://www.googleapis.com/auth/drive'] */
  readonly scopes?: readonly string[] | undefined;
}

export type GoogleDriveAuth = string | FetchToken | { readonly serviceAccount: ServiceAccount } | GoogleClient;

export interface AuthOptions {
  readonly tokenUrl?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly clock?: Clock | undefined;
}

/** Makes one token source of whatever `auth` is. Throws `ConfigurationError` for anything else, and connects to nothing. */
export function createAuth(auth: GoogleDriveAuth, options: AuthOptions): TokenSource {
  return createTokenSource({ provider, auth: toFetchToken(auth, options), hint: credentialsHint, clock: options.clock });
}

/** True when files would belong to a service account, which owns no storage. */
export function actsAsServiceAccount(auth: GoogleDriveAuth): boolean {
  return typeof auth === 'object' && 'serviceAccount' in auth && auth.serviceAccount.subject === undefined;
}

function toFetchToken(auth: GoogleDriveAuth, options: AuthOptions): string | FetchToken {
  if (typeof auth === 'string' || typeof auth === 'function') return auth;
  if (typeof auth === 'object') {
    if ('serviceAccount' in auth) return serviceAccountTokens(auth.serviceAccount, options);
    if (isGoogleClient(auth)) return fromGoogleClient(auth);
  }
  throw invalidOption(
    'auth',
    'Pass a token, a function that returns one, { serviceAccount }, or a client of google-auth-library or googleapis.',
  );
}

/** https://developers.google.com/identity/protocols/oauth2/service-account#authorizingrequests */
function serviceAccountTokens(account: ServiceAccount, { tokenUrl, fetch, clock = systemClock }: AuthOptions): FetchToken {
  const { client_email: email, private_key: pem, subject, scopes = ['https://www.googleapis.com/auth/drive'] } = account;
  if (!email || !pem)
    throw invalidOption('auth.serviceAccount', 'Pass the key file of the service account, with client_email and private_key.');
  const privateKey = readPrivateKey(pem, { provider: factory, option: 'auth.serviceAccount.private_key' });
  const url = tokenAddress(tokenUrl ?? 'https://oauth2.googleapis.com/token');
  return async ({ signal }) => {
    const claims = { iss: email, aud: url, scope: scopes.join(' '), ...(subject !== undefined && { sub: subject }) };
    const assertion = await signAssertion({ privateKey, claims, issuedAtMs: clock.now() });
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
    const { token } = await requestAccessToken({ provider, url, form, hints, fetch, clock, signal });
    return accessToken(token.token, { expiresAt: token.expiresAt });
  };
}

const hints = {
  invalid_grant:
    "Google does not know the service account or its key, or this machine's clock is wrong. Make a new key: IAM & Admin > Service accounts > Keys.",
  unauthorized_client:
    'The service account may not act for `subject`. Add its client id with the scope https://www.googleapis.com/auth/drive under Admin console > Security > ' +
    'API controls > Domain-wide delegation.',
};

function tokenAddress(tokenUrl: string): string {
  return parseBaseUrl(tokenUrl, { provider: factory, option: 'tokenUrl' }).href.replace(/\/$/, '');
}
