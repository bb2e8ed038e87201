import { createHash } from 'node:crypto';
import { WebhookError } from '../errors/webhook-error.ts';
import type { VerifiedContractEvent } from './contract-event.ts';
import { explainMismatch } from './explain-mismatch.ts';
import { parseContractEvent } from './parse-contract-event.ts';
import { computeSignature, isSameSignature } from './sign-webhook.ts';
import { readSignature, type WebhookScheme, type WebhookSignature } from './signature-header.ts';
import { readKeys, type SigningKey, type WebhookKeys } from './signing-key.ts';
import { readBodyBytes, type WebhookBody } from './webhook-body.ts';

export interface VerifyWebhookOptions {
  /** The value of the header `X-SD-WEBHOOK-CONTENT-HASH`, or all headers of the request. */
  readonly signature: WebhookSignature;
  /** The workspace's `hmac_key` in base64; several while keys are exchanged or for several workspaces. */
  readonly keys: WebhookKeys;
  /** @default 'current' */
  readonly scheme?: WebhookScheme | undefined;
}

/**
 * Checks that SpotDraft signed exactly these bytes and returns the event they hold.
 *
 * The signature covers no time and no number, so a request that was captured stays valid for ever: handle events so that a repeat does no
 * harm, or keep `deliveryId` of those that were handled.
 *
 * Throws `WebhookError` that names the likely mistake: `webhook.signature_missing`, `webhook.signature_malformed`,
 * `webhook.signature_mismatch`, `webhook.body_already_parsed`, `webhook.body_invalid`, `webhook.key_invalid`.
 *
 * @example
 * const event = verifyWebhook(rawBody, { signature: request.headers, keys: [hmacKey] });
 */
export function verifyWebhook(rawBody: WebhookBody, options: VerifyWebhookOptions): VerifiedContractEvent {
  // JavaScript callers may leave the options out; what is missing is named below.
  const { signature, keys, scheme = 'current' } = options ?? ({} as VerifyWebhookOptions);
  const signatureHex = readSignature(signature, scheme);
  return verifyBytes(readBodyBytes(rawBody), { signature: signatureHex, keys: readKeys(keys, scheme), scheme });
}

export interface VerifyBytesOptions {
  /** 128 lower-case hex digits. */
  readonly signature: string;
  readonly keys: readonly SigningKey[];
  readonly scheme: WebhookScheme;
}

/** Like `verifyWebhook`, with options that were checked before. */
export function verifyBytes(body: Buffer, options: VerifyBytesOptions): VerifiedContractEvent {
  if (!isSigned(body, options)) throw explainMismatch(body, options);
  return readSigned(body);
}

/** The event in a body whose signature was found right. */
export function readSigned(body: Buffer): VerifiedContractEvent {
  const deliveryId = createHash('sha256').update(body).digest('hex');
  return { ...parseContractEvent(parseJson(body)), deliveryId };
}

/** Whether one of the keys made the signature. */
export function isSigned(body: Buffer, { signature, keys }: Omit<VerifyBytesOptions, 'scheme'>): boolean {
  return keys.some(({ secret }) => isSameSignature(computeSignature(body, secret), signature));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's own error quotes the text, which names people.
    throw new WebhookError('The signature is right, but the body is not JSON.', {
      code: 'webhook.body_invalid',
      recovery: 'never',
      hint: 'Whoever signed this has your key and does not send what SpotDraft sends: check what else uses the key.',
    });
  }
}
