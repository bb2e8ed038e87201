import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

export interface AssertionOptions {
  /** From `readPrivateKey`. */
  readonly privateKey: KeyObject;
  readonly claims: Readonly<Record<string, string | number | boolean>>;
  /** Extra header fields, such as `kid` or `x5t#S256`. */
  readonly header?: Readonly<Record<string, string>> | undefined;
  /** @default 'RS256' */
  readonly algorithm?: 'RS256' | 'PS256' | undefined;
  /** `iat`, in milliseconds since 1970. */
  readonly issuedAtMs: number;
  /** `exp` counted from `iat`. @default 3600 */
  readonly lifetimeSeconds?: number | undefined;
}

/**
 * Signs a JWT with which an application proves to a token endpoint who it is (RFC 7523): Google service accounts, Entra certificates.
 *
 * The result is a credential for its lifetime: send it in a body, never in an address.
 */
export async function signAssertion(options: AssertionOptions): Promise<string> {
  const { privateKey, claims, header = {}, algorithm = 'RS256', issuedAtMs, lifetimeSeconds = 3600 } = options;
  const issuedAt = Math.floor(issuedAtMs / 1000);
  return new SignJWT({ ...claims })
    .setProtectedHeader({ typ: 'JWT', ...header, alg: algorithm })
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(privateKey);
}
