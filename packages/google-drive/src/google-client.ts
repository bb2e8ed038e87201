import { type AccessToken, accessToken, DestinationError, type FetchToken } from '@spotdraft-archive/core/destination';
import { credentialsHint, provider } from './errors.ts';

/** What the clients of `google-auth-library` (`OAuth2Client`, `JWT`, `GoogleAuth` and the others) have in common. */
export interface GoogleAuthClient {
  getAccessToken(): Promise<GoogleToken>;
}

type GoogleToken = string | null | undefined | { readonly token?: string | null | undefined };

/** A `drive` object of `googleapis` or `@googleapis/drive`: it carries the client it was made with. */
export interface GoogleDriveService {
  readonly context: { readonly _options: object; readonly google?: { readonly _options: object } | undefined };
}

export type GoogleClient = GoogleAuthClient | GoogleDriveService;

/** Where a client keeps its token. Absent on those that ask somebody else for each. */
interface WithCredentials {
  credentials: { access_token?: string | null | undefined; expiry_date?: number | null | undefined };
}

export function isGoogleClient(auth: object): auth is GoogleClient {
  return authClientOf(auth) !== undefined;
}

/** Tokens of the host's own client: it caches and refreshes them itself. */
export function fromGoogleClient(auth: GoogleClient): FetchToken {
  const client = authClientOf(auth);
  return async ({ rejected }): Promise<AccessToken> => {
    const holder = client && (await credentialsHolder(client));
    // A client that still believes in a token which Drive refused would only give it again.
    if (rejected !== undefined && holder?.credentials.access_token === rejected.token) {
      holder.credentials = { ...holder.credentials, access_token: null, expiry_date: 1 };
    }
    const token = textOf(await client?.getAccessToken());
    if (token === undefined) throw noToken();
    const refreshed = client && (await credentialsHolder(client));
    const expiresAt = refreshed?.credentials.access_token === token ? refreshed.credentials.expiry_date : undefined;
    return accessToken(token, { expiresAt: expiresAt ? new Date(expiresAt) : undefined });
  };
}

function authClientOf(auth: object): GoogleAuthClient | undefined {
  if (hasMethod(auth, 'getAccessToken')) return auth as unknown as GoogleAuthClient;
  if (!('context' in auth)) return undefined;
  const { context } = auth as GoogleDriveService;
  // `google.options({ auth })` of googleapis sets the client for all its services.
  for (const options of [context?._options, context?.google?._options]) {
    const given: unknown = options && 'auth' in options ? options.auth : undefined;
    if (typeof given === 'object' && given !== null && hasMethod(given, 'getAccessToken')) return given as unknown as GoogleAuthClient;
  }
  return undefined;
}

/** A `GoogleAuth` is a factory: the client behind it holds the token. */
async function credentialsHolder(client: GoogleAuthClient): Promise<WithCredentials | undefined> {
  const inner: unknown = hasMethod(client, 'getClient')
    ? await (client as unknown as { getClient(): Promise<unknown> }).getClient()
    : client;
  const isHolder = typeof inner === 'object' && inner !== null && 'credentials' in inner && typeof inner.credentials === 'object';
  return isHolder && inner.credentials !== null ? (inner as WithCredentials) : undefined;
}

function hasMethod(value: object, name: string): boolean {
  return name in value && typeof (value as Readonly<Record<string, unknown>>)[name] === 'function';
}

function textOf(token: GoogleToken): string | undefined {
  return (typeof token === 'object' ? token?.token : token) || undefined;
}

function noToken(): DestinationError {
  return new DestinationError(`${provider}: the Google client given as "auth" has no access token.`, {
    code: 'destination.unauthorized',
    recovery: 'operator',
    hint: credentialsHint,
  });
}
