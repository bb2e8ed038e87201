import { randomUUID } from 'node:crypto';
import type { EmulatorClock } from '../emulator/emulator-clock.ts';
import { SlidingWindowLimiter } from '../emulator/sliding-window-limiter.ts';
import type { BoxBehaviour } from './box-behaviour.ts';
import { BoxRefusal } from './box-refusal.ts';

/** A token that is good from the start and never ends. */
export const emulatorToken = 'emulator-token';
/** The user that an app with client credentials works as. */
export const serviceAccountId = '900';
/** A person of the enterprise. */
export const folderOwnerId = '11';

export interface BoxAccountsOptions {
  readonly clock: EmulatorClock;
  readonly behaviour: BoxBehaviour;
  readonly enterpriseId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The app, its users and their tokens. */
export class BoxAccounts {
  readonly #options: BoxAccountsOptions;
  readonly #tokens = new Map<string, { readonly userId: string; readonly expiresAt: number }>();
  readonly #calls: SlidingWindowLimiter;
  readonly #uploads: SlidingWindowLimiter;
  /** False: the enterprise's admin has not authorised the app. */
  isAuthorised = true;

  constructor(options: BoxAccountsOptions) {
    const { clock, behaviour } = options;
    this.#options = options;
    this.#tokens.set(emulatorToken, { userId: serviceAccountId, expiresAt: Number.POSITIVE_INFINITY });
    this.#calls = new SlidingWindowLimiter({ limit: behaviour.callsPerMinute, windowMs: 60_000, clock });
    this.#uploads = new SlidingWindowLimiter({ limit: behaviour.uploadsPerMinute, windowMs: 60_000, clock });
  }

  /** Makes a token for a user. */
  issueToken(userId: string = serviceAccountId): { readonly token: string; readonly expiresInSeconds: number } {
    const { clock, behaviour } = this.#options;
    const token = `token-${randomUUID()}`;
    this.#tokens.set(token, { userId, expiresAt: clock.now() + behaviour.tokenLifetimeSeconds * 1000 });
    return { token, expiresInSeconds: behaviour.tokenLifetimeSeconds };
  }

  /** Makes every token useless, the lasting one included. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  /** The user behind a request. Throws `401` when there is none. */
  userOf(request: Request): string {
    const token = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const known = token === undefined ? undefined : this.#tokens.get(token);
    if (known !== undefined && known.expiresAt > this.#options.clock.now()) return request.headers.get('as-user') ?? known.userId;
    if (!this.#options.behaviour.checksTokens) return serviceAccountId;
    throw new BoxRefusal(401, 'unauthorized', { headers: { 'www-authenticate': 'Bearer realm="Service", error="invalid_token"' } });
  }

  countCall(userId: string): void {
    this.#count(this.#calls, userId);
  }

  countUpload(userId: string): void {
    this.#count(this.#uploads, userId);
  }

  /** The client credentials grant. https://developer.box.com/guides/authentication/client-credentials/ */
  grant(form: URLSearchParams): Response {
    const { clientId, clientSecret, enterpriseId } = this.#options;
    if (form.get('grant_type') !== 'client_credentials') return oauthError('unsupported_grant_type');
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return oauthError('invalid_client');
    const subject = { type: form.get('box_subject_type'), id: form.get('box_subject_id') ?? '' };
    const isKnown = subject.type === 'user' ? /^\d+$/.test(subject.id) : subject.type === 'enterprise' && subject.id === enterpriseId;
    if (!this.isAuthorised || !isKnown) return oauthError('invalid_grant');
    const { token, expiresInSeconds } = this.issueToken(subject.type === 'user' ? subject.id : serviceAccountId);
    return Response.json({ access_token: token, expires_in: expiresInSeconds, restricted_to: [], token_type: 'bearer' });
  }

  #count(limiter: SlidingWindowLimiter, userId: string): void {
    const waitMs = limiter.take(userId);
    if (waitMs === 0) return;
    throw new BoxRefusal(429, 'rate_limit_exceeded', { headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) } });
  }
}

function oauthError(error: string): Response {
  return Response.json({ error, error_description: `The emulator refuses: ${error}` }, { status: 400 });
}
