import { inspect } from 'node:util';

/** A bearer token, and until when it is good. */
export interface AccessToken {
  readonly token: string;
  /** Absent when the giver did not say. */
  readonly expiresAt?: Date | undefined;
}

export interface AccessTokenOptions {
  readonly expiresAt?: Date | undefined;
}

class RedactedAccessToken implements AccessToken {
  readonly #token: string;
  readonly expiresAt: Date | undefined;

  constructor(token: string, expiresAt: Date | undefined) {
    this.#token = token;
    this.expiresAt = expiresAt;
  }

  get token(): string {
    return this.#token;
  }

  toString(): string {
    return '[redacted]';
  }

  toJSON(): string {
    return '[redacted]';
  }

  [inspect.custom](): string {
    return '[redacted]';
  }
}

/** Makes an access token that prints as `[redacted]`. */
export function accessToken(token: string, options: AccessTokenOptions = {}): AccessToken {
  return new RedactedAccessToken(token, options.expiresAt);
}
