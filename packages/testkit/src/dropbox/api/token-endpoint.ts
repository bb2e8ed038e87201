import { readSmallBody } from '../../emulator/index.ts';
import type { DropboxBehaviour } from '../dropbox-behaviour.ts';
import type { DropboxState } from '../state/dropbox-state.ts';

/** `POST /oauth2/token` with a refresh token. Fields come in the body or, as Dropbox's own SDK sends them, in the query. */
export async function answerTokenRequest(request: Request, state: DropboxState, behaviour: DropboxBehaviour): Promise<Response> {
  const { app } = state;
  const fields = new URLSearchParams(new URL(request.url).search);
  const body = new TextDecoder().decode(await readSmallBody(request.body));
  for (const [name, value] of new URLSearchParams(body)) fields.set(name, value);
  const basic = /^Basic (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
  const [key, secret] =
    basic === undefined ? [fields.get('client_id'), fields.get('client_secret')] : Buffer.from(basic, 'base64').toString().split(':');

  // Without a secret the app is one that was authorised by PKCE.
  if (key !== app.appKey || (secret != null && secret !== app.appSecret)) {
    return refuse('invalid_client', 'Invalid client_id or client_secret');
  }
  if (fields.get('grant_type') !== 'refresh_token') return refuse('unsupported_grant_type', 'invalid grant_type');
  if (fields.get('refresh_token') !== app.refreshToken || !app.isConnected)
    return refuse('invalid_grant', 'refresh token is invalid or revoked');
  app.issuedTokens += 1;
  return Response.json({ access_token: app.issueToken(), token_type: 'bearer', expires_in: Math.floor(behaviour.tokenLifetimeMs / 1000) });
}

function refuse(error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status: 400 });
}
