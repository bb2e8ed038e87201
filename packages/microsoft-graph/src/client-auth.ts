import { type AccessToken, accessToken, ConfigurationError, DestinationError, type FetchToken } from '@spotdraft-archive/core/destination';
import type { AuthContext } from './auth-context.ts';

/** A credential of `@azure/identity`, such as `ClientSecretCredential` or `DefaultAzureCredential`. */
export interface TokenCredential {
  getToken(
    scopes: string | string[],
    options?: { abortSignal?: AbortSignal; claims?: string },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}

/** A `ConfidentialClientApplication` of `@azure/msal-node`. */
export interface MsalApplication {
  acquireTokenByClientCredential(request: {
    scopes: string[];
    skipCache?: boolean;
  }): Promise<{ readonly accessToken: string; readonly expiresOn: Date | null } | null>;
}

/** A `Client` of `@microsoft/microsoft-graph-client` that was made with an authentication provider. */
export interface GraphClient {
  api(path: string): unknown;
}

export function fetchFromAzureIdentity(credential: TokenCredential, { provider, cloud }: AuthContext): FetchToken {
  return async ({ rejected, signal }) => {
    // The credential keeps tokens itself; asking for one that begins now makes it fetch another when the kept one was refused.
    const claims = rejected && {
      claims: JSON.stringify({ access_token: { nbf: { essential: true, value: String(Math.floor(Date.now() / 1000)) } } }),
    };
    const given = await credential.getToken(cloud.scope, { abortSignal: signal, ...claims });
    return given === null ? noToken(provider) : accessToken(given.token, { expiresAt: new Date(given.expiresOnTimestamp) });
  };
}

export function fetchFromMsal(application: MsalApplication, { provider, cloud }: AuthContext): FetchToken {
  return async ({ rejected }) => {
    // MSAL keeps tokens itself; a refused one must not come back from there.
    const given = await application.acquireTokenByClientCredential({ scopes: [cloud.scope], skipCache: rejected !== undefined });
    return given === null ? noToken(provider) : accessToken(given.accessToken, { expiresAt: given.expiresOn ?? undefined });
  };
}

interface AuthenticationProvider {
  getAccessToken(options?: { scopes?: string[] }): Promise<string>;
}

/** The client keeps its authentication provider in a field that its types call private. */
export function fetchFromGraphClient(client: GraphClient, { provider, cloud }: AuthContext): FetchToken {
  const { authProvider } = (client as { config?: { authProvider?: AuthenticationProvider } }).config ?? {};
  if (typeof authProvider?.getAccessToken !== 'function') {
    throw new ConfigurationError(`${provider}: the Graph client given as "auth" has no authentication provider.`, {
      code: 'config.invalid_option',
      recovery: 'never',
      hint: 'Make it with Client.init({ authProvider }) or Client.initWithMiddleware({ authProvider }), or pass a token function.',
    });
  }
  return async () => authProvider.getAccessToken({ scopes: [cloud.scope] });
}

function noToken(provider: string): Promise<AccessToken> {
  return Promise.reject(
    new DestinationError(`${provider}: the credential gave no token.`, {
      code: 'destination.unauthorized',
      recovery: 'operator',
      hint: 'Call it by itself and look at what it says.',
    }),
  );
}
