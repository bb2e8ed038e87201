import { accessToken, createTokenSource, type FetchToken, requestAccessToken, type TokenSource } from '@spotdraft-archive/core/destination';

/** Dropbox's own grant for servers: a refresh token, which does not end by itself. */
export interface DropboxRefreshGrant {
  readonly appKey: string;
  /** Absent for an app that was authorised with PKCE. */
  readonly appSecret?: string | undefined;
  readonly refreshToken: string;
}

/** What is used of a `DropboxAuth` of the package `dropbox`. */
export interface DropboxAuthClient {
  checkAndRefreshAccessToken(): Promise<unknown>;
  getAccessToken(): string;
  getAccessTokenExpiresAt(): Date | undefined;
  getRefreshToken(): string | undefined;
  refreshAccessToken(): Promise<unknown>;
}

/** A `Dropbox` of the package `dropbox`, which keeps its `DropboxAuth` in a field that its types do not mention. */
export interface DropboxClient {
  filesUpload(argument: never): Promise<unknown>;
  filesGetMetadata(argument: never): Promise<unknown>;
}

export type DropboxAuthOption = string | FetchToken | DropboxRefreshGrant | DropboxAuthClient | DropboxClient;

/** What a `Dropbox` object holds besides its token. */
export interface ClientTraits {
  readonly auth: DropboxAuthClient;
  readonly selectUser?: string | undefined;
  readonly selectAdmin?: string | undefined;
  /** The value of the header, as the package takes it. */
  readonly pathRoot?: string | undefined;
}

export interface DropboxTokenOptions {
  readonly apiUrl: URL;
  readonly fetch: typeof globalThis.fetch | undefined;
}

const hint = 'Connect the app to the Dropbox account again and give the new refresh token, or generate a new token in the App Console.';

/** Makes one source of tokens of every accepted form of `auth`. Connects to nothing until a token is needed. */
export function tokenSourceOf(auth: DropboxAuthOption, options: DropboxTokenOptions): TokenSource {
  return createTokenSource({ provider: 'dropbox', auth: tokenFunctionOf(auth, options), hint });
}

function tokenFunctionOf(auth: DropboxAuthOption, options: DropboxTokenOptions): string | FetchToken {
  if (typeof auth === 'string' || typeof auth === 'function') return auth;
  if (isRefreshGrant(auth)) return (request) => refresh(auth, { ...options, signal: request.signal });
  const client = isAuthClient(auth) ? auth : traitsOf(auth)?.auth;
  return ({ rejected }) => tokenOfClient(client as DropboxAuthClient, rejected?.token);
}

/** https://www.dropbox.com/developers/documentation/http/documentation#oauth2-token */
async function refresh(
  { appKey, appSecret, refreshToken }: DropboxRefreshGrant,
  { apiUrl, fetch, signal }: DropboxTokenOptions & { readonly signal: AbortSignal },
) {
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: appKey,
    ...(appSecret !== undefined && { client_secret: appSecret }),
  };
  const hints = {
    invalid_grant:
      'The account has disconnected the app, or the refresh token is another app\'s. Connect the app again ("token_access_type=offline").',
    invalid_client: 'Compare app key and app secret with those in the App Console.',
  };
  const { token } = await requestAccessToken({ provider: 'dropbox', url: new URL('oauth2/token', apiUrl), form, hints, fetch, signal });
  return token;
}

/** The client refreshes by its own clock only, so a token that was refused early has to be replaced explicitly. */
async function tokenOfClient(client: DropboxAuthClient, rejected: string | undefined) {
  await client.checkAndRefreshAccessToken();
  if (rejected !== undefined && client.getAccessToken() === rejected && client.getRefreshToken()) await client.refreshAccessToken();
  return accessToken(client.getAccessToken() ?? '', { expiresAt: client.getAccessTokenExpiresAt() ?? undefined });
}

export function isRefreshGrant(auth: object): auth is DropboxRefreshGrant {
  return 'refreshToken' in auth && 'appKey' in auth;
}

export function isAuthClient(auth: object): auth is DropboxAuthClient {
  return 'checkAndRefreshAccessToken' in auth && 'getAccessToken' in auth;
}

/** What a `Dropbox` object was made with; `undefined` for anything else. */
export function traitsOf(auth: unknown): ClientTraits | undefined {
  if (typeof auth !== 'object' || auth === null || !('auth' in auth)) return undefined;
  const client: { readonly auth: unknown } = auth;
  if (typeof client.auth !== 'object' || client.auth === null || !isAuthClient(client.auth)) return undefined;
  return client as ClientTraits;
}
