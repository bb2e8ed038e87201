import { randomBytes } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';
import type { DropboxBehaviour } from '../dropbox-behaviour.ts';

interface IssuedToken {
  readonly expiresAt: number;
  isRevoked: boolean;
}

/** The app that asks: its keys and its tokens. */
export class DropboxApp {
  readonly appKey = 'emulator-app-key';
  readonly appSecret = 'emulator-app-secret';
  readonly refreshToken = 'emulator-refresh-token';
  /** How often the token endpoint gave a token. */
  issuedTokens = 0;
  /** False: the user has disconnected the app, and the refresh token is good for nothing. */
  isConnected = true;
  readonly #tokens = new Map<string, IssuedToken>();
  readonly #clock: EmulatorClock;
  readonly #lifetimeMs: number;

  constructor(clock: EmulatorClock, { tokenLifetimeMs }: Pick<DropboxBehaviour, 'tokenLifetimeMs'>) {
    this.#clock = clock;
    this.#lifetimeMs = tokenLifetimeMs;
  }

  /** Makes an access token, as the token endpoint or the app console would. */
  issueToken(lifetimeMs: number = this.#lifetimeMs): string {
    const token = `sl.${randomBytes(24).toString('base64url')}`;
    this.#tokens.set(token, { expiresAt: this.#clock.now() + lifetimeMs, isRevoked: false });
    return token;
  }

  /** Makes every access token bad. The refresh token stays good. */
  revokeTokens(): void {
    for (const token of this.#tokens.values()) token.isRevoked = true;
  }

  /** The user disconnects the app. */
  disconnect(): void {
    this.isConnected = false;
    this.revokeTokens();
  }

  stateOf(token: string): 'good' | 'invalid_access_token' | 'expired_access_token' {
    const issued = this.#tokens.get(token);
    if (issued === undefined || issued.isRevoked) return 'invalid_access_token';
    return issued.expiresAt > this.#clock.now() ? 'good' : 'expired_access_token';
  }
}
