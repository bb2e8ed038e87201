import { createPublicKey, verify } from 'node:crypto';
import { type EmulatorHandler, readSmallBody } from '../emulator/index.ts';
import type { DriveAccounts, DriveCaller } from './state/drive-accounts.ts';

/** Google's token endpoint: assertions of service accounts, and refresh tokens. https://developers.google.com/identity/protocols/oauth2/service-account */
export function createOAuth(accounts: DriveAccounts): EmulatorHandler {
  return async (request, { clock, urls, origin }) => {
    if (request.method !== 'POST' || new URL(request.url).pathname !== '/token') return refuse(404, 'not_found');
    const form = new URLSearchParams(new TextDecoder().decode(await readSmallBody(request.body)));
    const tokenUrl = `${urls[origin]}/token`;
    const caller = grant(form, { accounts, tokenUrl, nowSeconds: clock.now() / 1000 });
    if (typeof caller === 'string') return refuse(caller === 'invalid_client' ? 401 : 400, caller);
    const expiresIn = Math.floor(accounts.tokenLifetimeMs / 1000);
    return Response.json({
      access_token: accounts.issueToken(caller),
      expires_in: expiresIn,
      token_type: 'Bearer',
      scope: caller.scopes.join(' '),
    });
  };
}

interface GrantOptions {
  readonly accounts: DriveAccounts;
  readonly tokenUrl: string;
  readonly nowSeconds: number;
}

function grant(form: URLSearchParams, options: GrantOptions): DriveCaller | string {
  switch (form.get('grant_type')) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return grantAssertion(form.get('assertion') ?? '', options);
    case 'refresh_token': {
      const client = options.accounts.clientOf(form.get('refresh_token') ?? '');
      if (client === undefined) return 'invalid_grant';
      const isClient = client.clientId === form.get('client_id') && client.clientSecret === form.get('client_secret');
      return isClient ? client : 'invalid_client';
    }
    default:
      return 'unsupported_grant_type';
  }
}

function grantAssertion(assertion: string, { accounts, tokenUrl, nowSeconds }: GrantOptions): DriveCaller | string {
  const [header = '', payload = '', signature = ''] = assertion.split('.');
  const claims = readClaims(payload);
  const account = accounts.serviceAccount(text(claims.iss));
  if (account === undefined) return 'invalid_grant';
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${header}.${payload}`),
    createPublicKey(account.publicKey),
    Buffer.from(signature, 'base64url'),
  );
  const [issuedAt, expiresAt] = [Number(claims.iat), Number(claims.exp)];
  const isTimely = issuedAt <= nowSeconds + 60 && expiresAt > nowSeconds && expiresAt - issuedAt <= 3600;
  const isForUs = claims.aud === tokenUrl || claims.aud === 'https://oauth2.googleapis.com/token';
  if (!isSigned || !isTimely || !isForUs) return 'invalid_grant';
  const scopes = text(claims.scope).split(' ').filter(Boolean);
  if (scopes.length === 0) return 'invalid_scope';
  const subject = text(claims.sub);
  if (subject !== '' && subject !== claims.iss && !accounts.delegates.has(text(claims.iss))) return 'unauthorized_client';
  return { account: subject || text(claims.iss), projectId: account.projectId, scopes };
}

function readClaims(payload: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function refuse(status: number, error: string): Response {
  return Response.json({ error, error_description: 'Refused by the emulator.' }, { status });
}
