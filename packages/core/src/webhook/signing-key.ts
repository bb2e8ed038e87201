import { createSecretKey, type KeyObject } from 'node:crypto';
import { WebhookError } from '../errors/webhook-error.ts';
import type { WebhookScheme } from './signature-header.ts';

/** One key, or several while they are being exchanged: a signature by any of them is right. */
export type WebhookKeys = string | readonly string[];

/** A key that was checked. A secret: held in closures only. */
export interface SigningKey {
  readonly text: string;
  /** What goes into the HMAC. Node makes one of bytes for each signature, which takes three times as long as signing. */
  readonly secret: KeyObject;
}

/** SpotDraft's own keys have 64 bytes; what is shorter than 128 bits is a mistake and could be guessed. */
const minimumKeyBytes = 16;

/** Checks keys. Throws `WebhookError` (`webhook.key_invalid`) that says which one is wrong and why, without showing it. */
export function readKeys(keys: WebhookKeys, scheme: WebhookScheme): readonly SigningKey[] {
  const list: readonly unknown[] = typeof keys === 'string' ? [keys] : (keys ?? []);
  if (!Array.isArray(list) || list.length === 0) throw keyInvalid('There is no webhook key.');
  return list.map((key, index) => readKey(key, { scheme, name: list.length === 1 ? undefined : `Webhook key ${index + 1}` }));
}

/** Checks one key; `name` is what the error calls it. */
export function readKey(
  key: unknown,
  { scheme, name = 'The webhook key' }: { scheme: WebhookScheme; name?: string | undefined },
): SigningKey {
  if (typeof key !== 'string' || key.trim() === '') throw keyInvalid(`${name} is missing or empty.`);
  // Files and environment variables tend to end in a line break, which is never part of a key.
  const text = key.trim();
  if (scheme === 'legacy') return { text, secret: createSecretKey(text, 'utf8') };
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw keyInvalid(`${name} is not base64.`);
  if (bytes.length < minimumKeyBytes)
    throw keyInvalid(`${name} is too short: ${bytes.length} bytes, at least ${minimumKeyBytes} are needed.`);
  return { text, secret: createSecretKey(bytes) };
}

function keyInvalid(message: string): WebhookError {
  return new WebhookError(message, {
    code: 'webhook.key_invalid',
    recovery: 'operator',
    hint: 'Use the hmac_key as SpotDraft returns it (spotdraft.webhooks.hmacKey()), base64 with its padding and without quotes.',
  });
}
