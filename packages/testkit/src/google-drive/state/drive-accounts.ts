import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { EmulatorClock } from '../../emulator/index.ts';

/** The key file of a service account, as the Cloud console hands it out. */
export interface ServiceAccountKey {
  readonly type: 'service_account';
  readonly project_id: string;
  readonly private_key_id: string;
  readonly private_key: string;
  readonly client_email: string;
  readonly client_id: string;
  readonly token_uri: string;
}

/** Whom a token speaks for. */
export interface DriveCaller {
  readonly account: string;
  readonly projectId: string;
  readonly scopes: readonly string[];
}

interface KnownToken extends DriveCaller {
  readonly expiresAt: number;
}

export interface RefreshableClient extends DriveCaller {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The scopes under which the Drive API answers at all. */
export const driveScope = 'https://www.googleapis.com/auth/drive';
export const driveFileScope = 'https://www.googleapis.com/auth/drive.file';

/** Accounts, their keys and the tokens that were given out. */
export class DriveAccounts {
  readonly #clock: EmulatorClock;
  readonly #tokenLifetimeMs: number;
  readonly #tokens = new Map<string, KnownToken>();
  readonly #refreshTokens = new Map<string, RefreshableClient>();
  readonly #publicKeys = new Map<string, { readonly publicKey: string; readonly projectId: string }>();
  /** Service accounts that may act for users of the domain (domain-wide delegation). */
  readonly delegates: Set<string> = new Set();

  constructor({ clock, tokenLifetimeMs }: { readonly clock: EmulatorClock; readonly tokenLifetimeMs: number }) {
    this.#clock = clock;
    this.#tokenLifetimeMs = tokenLifetimeMs;
  }

  get tokenLifetimeMs(): number {
    return this.#tokenLifetimeMs;
  }

  /** Gives out a token that ends after the usual hour, or never. */
  issueToken({ account, projectId, scopes }: DriveCaller, options: { readonly isEndless?: boolean; readonly token?: string } = {}): string {
    const token = options.token ?? `ya29.${randomUUID()}`;
    const expiresAt = options.isEndless ? Number.POSITIVE_INFINITY : this.#clock.now() + this.#tokenLifetimeMs;
    this.#tokens.set(token, { account, projectId, scopes, expiresAt });
    return token;
  }

  callerOf(token: string): DriveCaller | undefined {
    const known = this.#tokens.get(token);
    return known !== undefined && known.expiresAt > this.#clock.now() ? known : undefined;
  }

  /** Ends every token that was given out; refresh tokens and keys stay good. */
  revokeTokens(): void {
    this.#tokens.clear();
  }

  /** What a user's consent in the browser leaves with an application. */
  addRefreshToken(client: RefreshableClient): string {
    const refreshToken = `1//${randomUUID()}`;
    this.#refreshTokens.set(refreshToken, client);
    return refreshToken;
  }

  clientOf(refreshToken: string): RefreshableClient | undefined {
    return this.#refreshTokens.get(refreshToken);
  }

  /** The user takes the consent back. */
  revokeRefreshTokens(): void {
    this.#refreshTokens.clear();
    this.#tokens.clear();
  }

  addServiceAccount({
    name,
    projectId,
    tokenUrl,
  }: {
    readonly name: string;
    readonly projectId: string;
    readonly tokenUrl: string;
  }): ServiceAccountKey {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const email = `${name}@${projectId}.iam.gserviceaccount.com`;
    this.#publicKeys.set(email, { publicKey, projectId });
    return {
      type: 'service_account',
      project_id: projectId,
      private_key_id: randomUUID().replaceAll('-', ''),
      private_key: privateKey,
      client_email: email,
      client_id: '100000000000000000001',
      token_uri: tokenUrl,
    };
  }

  serviceAccount(email: string): { readonly publicKey: string; readonly projectId: string } | undefined {
    return this.#publicKeys.get(email);
  }

  /** The key is deleted in the Cloud console. */
  deleteServiceAccountKeys(): void {
    this.#publicKeys.clear();
    this.#tokens.clear();
  }
}

/** Service accounts own no storage. */
export function isServiceAccount(account: string): boolean {
  return account.endsWith('.gserviceaccount.com');
}
