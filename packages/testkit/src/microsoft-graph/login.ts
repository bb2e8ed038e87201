import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { type EmulatorHandler, readSmallBody } from '../emulator/index.ts';
import type { GraphBehaviour } from './graph-behaviour.ts';
import type { Caller, Directory, EmulatedApp } from './state/directory.ts';

interface LoginOptions {
  readonly directory: Directory;
  readonly behaviour: GraphBehaviour;
}

/** Entra's token endpoint with what its libraries ask for before. https://learn.microsoft.com/entra/identity-platform/v2-protocols */
export function createLogin({ directory, behaviour }: LoginOptions): EmulatorHandler {
  return async (request, { urls, origin, clock }) => {
    const { pathname } = new URL(request.url);
    const [, tenantId = '', endpoint = ''] = /^\/([^/]+)\/(.*)$/.exec(pathname) ?? [];
    if (endpoint === 'v2.0/.well-known/openid-configuration') return Response.json(configuration(tenantId, new URL(request.url).origin));
    if (endpoint === 'discovery/instance')
      return Response.json({
        tenant_discovery_endpoint: `${urls[origin]}/${tenantId}/v2.0/.well-known/openid-configuration`,
        metadata: [],
      });
    if (endpoint !== 'oauth2/v2.0/token' || request.method !== 'POST') return refuse(404, 'not_found', 0);
    const form = new URLSearchParams(new TextDecoder().decode(await readSmallBody(request.body as Parameters<typeof readSmallBody>[0])));
    const caller = grant(form, { tenantId, directory, nowSeconds: clock.now() / 1000 });
    if ('error' in caller) return refuse(caller.status, caller.error, caller.number);
    return Response.json({
      token_type: 'Bearer',
      expires_in: Math.floor(behaviour.tokenLifetimeMs / 1000),
      ext_expires_in: Math.floor(behaviour.tokenLifetimeMs / 1000),
      access_token: directory.issueToken(caller),
      ...(caller.user !== undefined && { refresh_token: directory.issueRefreshToken(caller), scope: caller.scopes.join(' ') }),
    });
  };
}

interface Refusal {
  readonly status: number;
  readonly error: string;
  /** Entra's own number, AADSTS…. */
  readonly number: number;
}

interface GrantOptions {
  readonly tenantId: string;
  readonly directory: Directory;
  readonly nowSeconds: number;
}

function grant(form: URLSearchParams, options: GrantOptions): Caller | Refusal {
  const app = options.directory.app(form.get('client_id') ?? '');
  if (app === undefined) return { status: 400, error: 'unauthorized_client', number: 700_016 };
  if (form.get('grant_type') === 'client_credentials') return grantApp(app, form, options);
  if (form.get('grant_type') !== 'refresh_token') return { status: 400, error: 'unsupported_grant_type', number: 70_003 };
  if (app.clientSecret !== undefined && form.get('client_secret') !== app.clientSecret)
    return { status: 401, error: 'invalid_client', number: 7_000_215 };
  return options.directory.takeRefreshToken(form.get('refresh_token') ?? '') ?? { status: 400, error: 'invalid_grant', number: 700_082 };
}

function grantApp(app: EmulatedApp, form: URLSearchParams, options: GrantOptions): Caller | Refusal {
  if (options.tenantId !== app.tenantId) return { status: 400, error: 'invalid_request', number: 900_02 };
  if (!form.get('scope')?.endsWith('/.default')) return { status: 400, error: 'invalid_scope', number: 70_011 };
  const assertion = form.get('client_assertion');
  const isProven =
    assertion === null
      ? app.clientSecret !== undefined && form.get('client_secret') === app.clientSecret
      : isAssertedBy(app, assertion, options.nowSeconds);
  if (!isProven) return { status: 401, error: 'invalid_client', number: 7_000_215 };
  return { app, scopes: app.permissions };
}

function isAssertedBy({ clientId, publicCertificate }: EmulatedApp, assertion: string, nowSeconds: number): boolean {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  if (publicCertificate === undefined) return false;
  const { alg, 'x5t#S256': thumbprint } = readPart(header);
  const { sub, exp } = readPart(payload);
  const certificate = new X509Certificate(publicCertificate);
  const key = {
    key: createPublicKey(publicCertificate),
    ...(alg === 'PS256' && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  };
  const isSigned = verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  const known = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
  return isSigned && thumbprint === known && sub === clientId && Number(exp) > nowSeconds;
}

function readPart(part: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}

function configuration(tenantId: string, origin: string): unknown {
  return {
    issuer: `${origin}/${tenantId}/v2.0`,
    authorization_endpoint: `${origin}/${tenantId}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${tenantId}/oauth2/v2.0/token`,
    jwks_uri: `${origin}/${tenantId}/discovery/v2.0/keys`,
  };
}

function refuse(status: number, error: string, number: number): Response {
  return Response.json({ error, error_description: `AADSTS${number}: Refused by the emulator.`, error_codes: [number] }, { status });
}
