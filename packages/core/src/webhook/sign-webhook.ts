import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { WebhookScheme } from './signature-header.ts';
import { readKey } from './signing-key.ts';
import { readBodyBytes, type WebhookBody } from './webhook-body.ts';

export interface SignWebhookOptions {
  /** @default 'current' */
  readonly scheme?: WebhookScheme | undefined;
}

/**
 * Signs a body as SpotDraft does and returns the value of the signature header: for tests of your own webhook receiver.
 *
 * Throws `WebhookError` (`webhook.key_invalid`) when the key is not base64 or too short.
 *
 * @example
 * const body = JSON.stringify({ contract_id: 19589, activity: 'CONTRACT_EXECUTED' });
 * await fetch(url, { method: 'POST', body, headers: { [webhookSignatureHeader]: signWebhook(body, key) } });
 */
export function signWebhook(rawBody: WebhookBody, key: string, { scheme = 'current' }: SignWebhookOptions = {}): string {
  return computeSignature(readBodyBytes(rawBody), readKey(key, { scheme }).secret);
}

/** HMAC-SHA512 in lower-case hex. */
export function computeSignature(body: Uint8Array, key: KeyObject | Uint8Array): string {
  return createHmac('sha512', key).update(body).digest('hex');
}

/** Compares two signatures of 128 characters in a time that does not depend on where they differ. */
export function isSameSignature(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
