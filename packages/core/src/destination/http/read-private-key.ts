import { createPrivateKey, type KeyObject } from 'node:crypto';
import { ConfigurationError } from '../../errors/configuration-error.ts';

export interface PrivateKeyOptions {
  /** The store's name, such as `google-drive`; begins the message. */
  readonly provider: string;
  /** The option the key came from, such as `auth.privateKey`. */
  readonly option: string;
  /** Opens an encrypted key. */
  readonly passphrase?: string | undefined;
}

/**
 * Reads an RSA private key in PEM form; the result prints without the key.
 *
 * Keys that lost their line breaks to an environment variable (`\n` as two characters) are understood. Throws `ConfigurationError`
 * for anything else that is not an RSA key.
 */
export function readPrivateKey(pem: string, { provider, option, passphrase }: PrivateKeyOptions): KeyObject {
  const key = parseKey(pem.replaceAll('\\n', '\n'), passphrase);
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw new ConfigurationError(`${provider}: "${option}" is not an RSA private key in PEM form.`, {
    code: 'config.invalid_option',
    recovery: 'never',
    hint: 'Pass the whole text, from "-----BEGIN PRIVATE KEY-----" to "-----END PRIVATE KEY-----".',
  });
}

function parseKey(key: string, passphrase: string | undefined): KeyObject | undefined {
  try {
    return createPrivateKey({ key, format: 'pem', ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // The parser's own error is not kept: it may quote what it could not read.
    return undefined;
  }
}
