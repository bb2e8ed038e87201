import {
  type AccessToken,
  accessToken,
  ConfigurationError,
  createTokenSource,
  type FetchToken,
  requestAccessToken,
  type TokenRequest,
  type TokenSource,
} from '@spotdraft-archive/core/destination';

/** The keys of a Box app with "Server Authentication (Client Credentials Grant)", and on whose behalf it works. */
export type BoxClientCredentials = {
  readonly clientId: string;
  readonly clientSecret: string;
} & (
  | {
      /** Works as the app's service account, which has to be invited to the folder. */
      readonly enterpriseId: string;
      readonly userId?: undefined;
    }
  | {
      /** Works as this user of the enterprise. */
      readonly userId: string;
      readonly enterpriseId?: undefined;
    }
);

interface BoxSdkToken {
  readonly accessToken?: string | undefined;
}

/** An auth object of `box-node-sdk`: `BoxCcgAuth`, `BoxJwtAuth`, `BoxOAuth`, `BoxDeveloperTokenAuth`. */
export interface BoxSdkAuth {
  retrieveToken(networkSession?: unknown): Promise<BoxSdkToken>;
  refreshToken(networkSession?: unknown): Promise<BoxSdkToken>;
  retrieveAuthorizationHeader(networkSession?: unknown): Promise<string>;
}

/** A `BoxClient` of `box-node-sdk`. Its own base addresses and proxies are used for tokens, and its `As-User` header for everything. */
export interface BoxSdkClient {
  readonly auth: BoxSdkAuth;
  readonly networkSession?: { readonly additionalHeaders?: object | undefined } | undefined;
}

/** Whatever the host has: a token, a function that gets one, the keys of an app, or what it made with `box-node-sdk`. */
export type BoxAuth = string | FetchToken | BoxClientCredentials | BoxSdkClient | BoxSdkAuth;

export interface BoxTokens {
  readonly tokenSource: TokenSource;
  /** Headers that go with every request. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface BoxTokensOptions {
  /** The base address of the API. */
  readonly baseUrl: URL;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

const hint =
  "In the Box Developer Console, look at the app's keys, and have an admin authorise it under Admin Console > Integrations > Platform Apps.";

/** Makes a source of tokens out of every form of `auth`. Throws `ConfigurationError` when it is none of them. */
export function tokensOf(auth: BoxAuth | undefined, options: BoxTokensOptions): BoxTokens {
  const { fetchToken, headers = {} } = methodOf(auth, options);
  return { tokenSource: createTokenSource({ provider: 'box', auth: fetchToken, hint }), headers };
}

interface TokenMethod {
  readonly fetchToken: string | FetchToken;
  readonly headers?: Readonly<Record<string, string>>;
}

function methodOf(auth: BoxAuth | undefined, options: BoxTokensOptions): TokenMethod {
  if (typeof auth === 'string' && auth !== '') return { fetchToken: auth };
  if (typeof auth === 'function') return { fetchToken: auth };
  if (typeof auth === 'object' && auth !== null) {
    if ('clientId' in auth) return { fetchToken: clientCredentialsGrant(auth, options) };
    if ('auth' in auth) return { fetchToken: sdkToken(auth.auth, auth.networkSession), headers: asUser(auth) };
    if ('retrieveToken' in auth || 'retrieveAuthorizationHeader' in auth) return { fetchToken: sdkToken(auth, undefined) };
  }
  const isMissing = auth === undefined || auth === null || auth === '';
  throw new ConfigurationError(
    `box: "auth" is ${isMissing ? 'missing' : 'nothing that tokens can be got from'}. Pass a token, a function that returns one, the keys of your app, or your BoxClient.`,
    {
      code: isMissing ? 'config.missing_option' : 'config.invalid_option',
      recovery: 'never',
      hint: 'For example box({ auth: { clientId, clientSecret, enterpriseId }, folderId }), from BOX_CLIENT_ID, BOX_CLIENT_SECRET and BOX_ENTERPRISE_ID.',
    },
  );
}

/** https://developer.box.com/guides/authentication/client-credentials/ */
function clientCredentialsGrant(credentials: BoxClientCredentials, { baseUrl, fetch }: BoxTokensOptions): FetchToken {
  const { clientId, clientSecret, enterpriseId, userId } = credentials;
  requireText({ clientId, clientSecret });
  if (Boolean(enterpriseId) === Boolean(userId)) {
    throw new ConfigurationError('box: "auth" needs either "enterpriseId" (BOX_ENTERPRISE_ID) or "userId" (BOX_USER_ID), one of the two.', {
      code: enterpriseId ? 'config.invalid_option' : 'config.missing_option',
      recovery: 'never',
      hint: 'With enterpriseId the app works as its service account, with userId as that user.',
    });
  }
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    box_subject_type: enterpriseId ? 'enterprise' : 'user',
    box_subject_id: enterpriseId || userId || '',
  };
  const hints = {
    invalid_client: 'The client id or the client secret is wrong: see Developer Console > your app > Configuration.',
    invalid_grant:
      'Box does not let the app work as this enterprise or user: authorise it under Admin Console > Integrations > Platform Apps, and look at the enterprise or user id. For users the app needs "Generate user access tokens".',
    unauthorized_client: 'Give the app "Server Authentication (Client Credentials Grant)" in the Developer Console.',
  };
  const url = new URL('oauth2/token', baseUrl);
  return async ({ signal }) => (await requestAccessToken({ provider: 'box', url, form, hints, fetch, signal })).token;
}

/**
 * The SDK keeps its token and does not look at its end, so that what it gives is trusted only until Box refuses it.
 */
function sdkToken(auth: BoxSdkAuth, networkSession: unknown): FetchToken {
  return async ({ rejected }: TokenRequest): Promise<AccessToken> => {
    if (rejected !== undefined && 'refreshToken' in auth) return accessToken((await auth.refreshToken(networkSession)).accessToken ?? '');
    if ('retrieveToken' in auth) return accessToken((await auth.retrieveToken(networkSession)).accessToken ?? '');
    const header = await (auth as BoxSdkAuth).retrieveAuthorizationHeader(networkSession);
    return accessToken(header.replace(/^Bearer /i, ''));
  };
}

/** `client.withAsUserHeader(id)` lets an admin work as somebody else; ignoring it would store in the wrong account. */
function asUser({ networkSession }: BoxSdkClient): Readonly<Record<string, string>> {
  const headers: object = networkSession?.additionalHeaders ?? {};
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'as-user');
  return typeof entry?.[1] === 'string' ? { 'as-user': entry[1] } : {};
}

function requireText({ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string }): void {
  const missing = !clientId ? ['clientId', 'BOX_CLIENT_ID'] : !clientSecret ? ['clientSecret', 'BOX_CLIENT_SECRET'] : undefined;
  if (missing === undefined) return;
  throw new ConfigurationError(`box: "auth.${missing[0]}" (${missing[1]}) is missing.`, {
    code: 'config.missing_option',
    recovery: 'never',
    hint: 'Copy it from Developer Console > your app > Configuration > OAuth 2.0 Credentials.',
  });
}
