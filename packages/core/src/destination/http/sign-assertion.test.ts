import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../errors/configuration-error.ts';
import { readPrivateKey } from './read-private-key.ts';
import { signAssertion } from './sign-assertion.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const where = { provider: 'teststore', option: 'auth.privateKey' };

describe('signAssertion', () => {
  it.each(['RS256', 'PS256'] as const)('makes a JWT that the public key verifies (%s)', async (algorithm) => {
    const issuedAtMs = Date.UTC(2026, 0, 1);
    const claims = { iss: 'app@example.com', aud: 'https://oauth.example.com/token', scope: 'files' };
    const header = { kid: 'key-1' };
    const assertion = await signAssertion({ privateKey: readPrivateKey(pem, where), claims, header, algorithm, issuedAtMs });
    const { payload } = await jwtVerify(assertion, publicKey, { currentDate: new Date(issuedAtMs) });
    expect(payload).toEqual({ ...claims, iat: issuedAtMs / 1000, exp: issuedAtMs / 1000 + 3600 });
    expect(decodeProtectedHeader(assertion)).toEqual({ alg: algorithm, typ: 'JWT', kid: 'key-1' });
  });
});

describe('readPrivateKey', () => {
  it.each([
    ['PKCS 8', pem],
    ['PKCS 1', privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['an environment variable without line breaks', pem.replaceAll('\n', '\\n')],
  ])('reads a key from %s', (_what, text) => {
    expect(readPrivateKey(text, where).equals(privateKey)).toBe(true);
  });

  it('opens an encrypted key with its passphrase', () => {
    const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' }).toString();
    expect(readPrivateKey(encrypted, { ...where, passphrase: 'open' }).equals(privateKey)).toBe(true);
    expect(() => readPrivateKey(encrypted, where)).toThrow(ConfigurationError);
  });

  it('refuses anything else by the name of the option and does not quote it', () => {
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const text of ['', 'secret-text', elliptic]) {
      expect(() => readPrivateKey(text, where)).toThrow('teststore: "auth.privateKey" is not an RSA private key');
    }
  });

  it('does not print the key', () => {
    const body = pem.split('\n')[1] ?? '';
    expect(inspect(readPrivateKey(pem, where), { showHidden: true, depth: 9 })).not.toContain(body);
  });
});
