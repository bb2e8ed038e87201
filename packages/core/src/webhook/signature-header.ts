import { WebhookError, type WebhookErrorCode } from '../errors/webhook-error.ts';

/**
 * How a webhook is signed: always with HMAC-SHA512 over the raw body, in lower-case hex.
 *
 * - `current`: in the header `X-SD-WEBHOOK-CONTENT-HASH`; the key is base64 and is decoded first.
 * - `legacy`: in the header `X-SD-CONTENT-HASH`; the key is the callback secret as text. Only for callbacks that were set up long ago.
 */
export type WebhookScheme = 'current' | 'legacy';

/** The header that carries the signature. Lower-case, so that it also works as an index into Node's `request.headers`. */
export const webhookSignatureHeader = 'x-sd-webhook-content-hash';

/** The header of the `legacy` scheme. */
export const legacyWebhookSignatureHeader = 'x-sd-content-hash';

/** The value of the signature header, or all headers of the request in the form in which the host has them. */
export type WebhookSignature =
  | string
  | readonly string[]
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | null
  | undefined;

/**
 * The signature as 128 lower-case hex digits.
 * Throws `WebhookError`: `webhook.signature_missing`, or `webhook.signature_malformed` for anything that cannot be a signature.
 */
export function readSignature(signature: WebhookSignature, scheme: WebhookScheme): string {
  const header = scheme === 'legacy' ? legacyWebhookSignatureHeader : webhookSignatureHeader;
  const values = headerValues(signature, header);
  const [value] = values;
  if (value === undefined || value === '') throw signatureMissing(header, { hint: missingHint(signature, scheme) });
  if (values.length > 1) throw malformed(header, `was sent ${values.length} times`);
  if (!/^[0-9a-f]{128}$/.test(value)) throw malformed(header, describeShape(value));
  return value;
}

// A number is what a careless caller in JavaScript may pass.
function headerValues(signature: WebhookSignature | number, header: string): string[] {
  if (signature === null || signature === undefined) return [];
  if (typeof signature !== 'object') return [String(signature).trim()];
  if (isList(signature)) return signature.map((value) => value.trim());
  if (isHeaders(signature)) return headerValues(signature.get(header), header);
  // Node writes names in lower case, Lambda as they were sent.
  const name = Object.keys(signature).find((candidate) => candidate.toLowerCase() === header);
  return name === undefined ? [] : headerValues(signature[name], header);
}

const isList = (signature: WebhookSignature): signature is readonly string[] => Array.isArray(signature);

const isHeaders = (signature: object): signature is Headers => 'get' in signature && typeof signature.get === 'function';

function describeShape(value: string): string {
  if (/^[0-9a-f]{128}$/i.test(value)) return 'has upper-case digits';
  if (/^sha512=/i.test(value)) return 'begins with the name of an algorithm';
  return `has ${value.length} characters`;
}

function missingHint(signature: WebhookSignature, scheme: WebhookScheme): string {
  const isAllHeaders = typeof signature === 'object' && signature !== null && !isList(signature);
  if (isAllHeaders && scheme === 'current' && headerValues(signature, legacyWebhookSignatureHeader).length > 0) {
    return `The request has ${legacyWebhookSignatureHeader}, the older scheme. Pass scheme: 'legacy' if you set such a callback up.`;
  }
  return 'Either the request is not from SpotDraft, or a proxy in front of this address removes the header.';
}

function signatureMissing(header: string, { hint }: { hint: string }): WebhookError {
  return signatureError(`The header ${header} is missing.`, { code: 'webhook.signature_missing', hint });
}

function malformed(header: string, problem: string): WebhookError {
  return signatureError(`The header ${header} ${problem}; a signature is 128 lower-case hex digits, once.`, {
    code: 'webhook.signature_malformed',
    hint: 'Pass the value as it was received. Otherwise the request is not from SpotDraft, or a proxy changes the header.',
  });
}

function signatureError(message: string, { code, hint }: { code: WebhookErrorCode; hint: string }): WebhookError {
  return new WebhookError(message, { code, recovery: 'never', hint });
}
