import { createHash, randomUUID, X509Certificate } from 'node:crypto';
import {
  ConfigurationError,
  type FetchToken,
  readPrivateKey,
  requestAccessToken,
  signAssertion,
  systemClock,
} from '@spotdraft-archive/core/destination';
import type { AuthContext } from './auth-context.ts';

/** An app registered in Entra ID, with a secret. */
export interface ClientSecret {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An app registered in Entra ID, with a certificate: better than a secret, since nothing that can be copied leaves the machine. */
export interface ClientCertificate {
  readonly tenantId: string;
  readonly clientId: string;
  readonly certificate: {
    /** The certificate that was uploaded to the app, in PEM form. */
    readonly publicCertificate: string;
    /** Its RSA key in PEM form. */
    readonly privateKey: string;
    readonly passphrase?: string | undefined;
  };
}

/** A signed-in user: the only way into a personal OneDrive. */
export interface RefreshTokenGrant {
  readonly clientId: string;
  readonly refreshToken: string;
  /** For apps of the kind "web" only. */
  readonly clientSecret?: string | undefined;
  /** `consumers` for personal accounts. @default 'common' */
  readonly tenantId?: string | undefined;
  /** @default what the user consented to */
  readonly scope?: string | undefined;
  /**
   * Called, and waited for, with each new refresh token: keep it, since the old one ends. Without it the process can go on as long as it lives, and the
   * next one has nothing that works.
   */
  readonly onRefreshToken?: ((refreshToken: string) => Promise<void> | void) | undefined;
}

const hints = {
  invalid_client:
    'Entra refused the app: the secret has expired or is another one, or the certificate is not the one uploaded. App registrations > Certificates & secrets.',
  unauthorized_client: 'The app is not known in this tenant. Look at the tenant id, and let an administrator consent.',
  invalid_grant: 'The refresh token has ended: it was used up, revoked, or not used for 90 days. Sign in again and store the new one.',
  invalid_scope: 'The app may not ask for this scope. Look at App registrations > API permissions.',
};

export function grantClientSecret({ tenantId, clientId, clientSecret }: ClientSecret, context: AuthContext): FetchToken {
  needText({ tenantId, clientId, clientSecret }, context);
  const form = { grant_type: 'client_credentials', scope: context.cloud.scope, client_id: clientId, client_secret: clientSecret };
  return async ({ signal }) => (await askToken(tenantId, form, { context, signal })).token;
}

/** https://learn.microsoft.com/entra/identity-platform/certificate-credentials */
export function grantCertificate({ tenantId, clientId, certificate }: ClientCertificate, context: AuthContext): FetchToken {
  needText({ tenantId, clientId }, context);
  const { provider, clock = systemClock, cloud } = context;
  const { passphrase } = certificate;
  const privateKey = readPrivateKey(certificate.privateKey, { provider, option: 'auth.certificate.privateKey', passphrase });
  const header = { 'x5t#S256': thumbprintOf(certificate.publicCertificate, provider) };
  return async ({ signal }) => {
    const claims = { aud: tokenUrl(tenantId, context).href, iss: clientId, sub: clientId, jti: randomUUID() };
    const assertion = await signAssertion({
      privateKey,
      claims,
      header,
      algorithm: 'PS256',
      issuedAtMs: clock.now(),
      lifetimeSeconds: 600,
    });
    const form = {
      grant_type: 'client_credentials',
      scope: cloud.scope,
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
    return (await askToken(tenantId, form, { context, signal })).token;
  };
}

export function grantRefreshToken(grant: RefreshTokenGrant, context: AuthContext): FetchToken {
  const { clientId, clientSecret, tenantId = 'common', scope, onRefreshToken } = grant;
  needText({ clientId, refreshToken: grant.refreshToken }, context);
  let refreshToken = grant.refreshToken;
  return async ({ signal }) => {
    const form = {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: refreshToken,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
      ...(scope !== undefined && { scope }),
    };
    const granted = await askToken(tenantId, form, { context, signal });
    const next = granted.refreshToken?.reveal();
    if (next !== undefined && next !== refreshToken) {
      refreshToken = next;
      await onRefreshToken?.(next);
    }
    return granted.token;
  };
}

interface AskOptions {
  readonly context: AuthContext;
  readonly signal: AbortSignal;
}

function askToken(tenantId: string, form: Readonly<Record<string, string>>, { context, signal }: AskOptions) {
  const { provider, fetch, clock } = context;
  return requestAccessToken({ provider, url: tokenUrl(tenantId, context), form, hints, fetch, clock, signal });
}

function tokenUrl(tenantId: string, { cloud }: AuthContext): URL {
  return new URL(`${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, cloud.login);
}

function thumbprintOf(pem: string, provider: string): string {
  try {
    return createHash('sha256')
      .update(new X509Certificate(pem.replaceAll('\\n', '\n')).raw)
      .digest('base64url');
  } catch {
    throw new ConfigurationError(`${provider}: "auth.certificate.publicCertificate" is no certificate in PEM form.`, {
      code: 'config.invalid_option',
      recovery: 'never',
      hint: 'Pass the whole text, from "-----BEGIN CERTIFICATE-----" to "-----END CERTIFICATE-----".',
    });
  }
}

function needText(values: Readonly<Record<string, unknown>>, { provider }: AuthContext): void {
  const missing = Object.entries(values).find(([, value]) => typeof value !== 'string' || value === '');
  if (missing === undefined) return;
  throw new ConfigurationError(`${provider}: "auth.${missing[0]}" is missing.`, {
    code: 'config.missing_option',
    recovery: 'never',
    hint: 'It is on the overview page of the app under Entra ID > App registrations.',
  });
}
