import { WebhookError } from '../errors/webhook-error.ts';
import { serializationsOf } from './json-serializations.ts';
import { computeSignature, isSameSignature } from './sign-webhook.ts';
import type { WebhookScheme } from './signature-header.ts';
import type { SigningKey } from './signing-key.ts';
import { alreadyParsed } from './webhook-body.ts';

/** Webhooks have a few kilobytes. Looking for a reason in more would let strangers spend our time. */
const explainedBytes = 64 * 1024;

export interface MismatchContext {
  readonly signature: string;
  readonly keys: readonly SigningKey[];
  readonly scheme: WebhookScheme;
}

/**
 * Makes the error for a signature that does not match, with the likely mistake: tries what commonly happens to bodies and keys on their way
 * and says which of it would have matched. Never a reason to accept the body.
 */
export function explainMismatch(body: Buffer, context: MismatchContext): WebhookError {
  if (body.length === 0) return mismatch('The body is empty. Something read it before, or the request is not from SpotDraft.');
  if (body.length <= explainedBytes) {
    const isSignedAs = (candidate: Buffer): boolean =>
      context.keys.some(({ secret }) => isSameSignature(computeSignature(candidate, secret), context.signature));
    const change = bodyChanges.find(({ undo }) => undo(body).some((original) => !original.equals(body) && isSignedAs(original)));
    if (change) return mismatch(change.hint);
    if (serializationsOf(body).some(isSignedAs)) {
      return alreadyParsed(
        'The body is JSON that was parsed and written anew: the signature matches the same JSON written in another way.',
      );
    }
    if (isSignedWithOtherKeyForm(body, context)) return mismatch(otherKeyFormHint(context.scheme));
  }
  return mismatch(unknownReasonHint(body));
}

interface BodyChange {
  readonly hint: string;
  /** What the body may have been before the change. */
  readonly undo: (body: Buffer) => readonly Buffer[];
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const lineFeed = Buffer.from('\n');
const carriageReturn = Buffer.from('\r\n');

const bodyChanges: readonly BodyChange[] = [
  {
    hint: 'White space or a line break was added at the start or the end of the body. Pass the bytes as they were received.',
    undo: (body) => [Buffer.from(body.toString('latin1').trim(), 'latin1')],
  },
  {
    hint: 'A line break at the end of the body was cut off. Pass the bytes as they were received.',
    undo: (body) => [Buffer.concat([body, lineFeed]), Buffer.concat([body, carriageReturn])],
  },
  {
    hint: 'Line breaks of the body were changed between LF and CRLF. Pass the bytes as they were received.',
    undo: (body) => [replaceText(body, /\r\n/g, '\n'), replaceText(body, /\r?\n/g, '\r\n')],
  },
  {
    hint: 'A byte order mark was added to the body. Pass the bytes as they were received.',
    undo: (body) => (body.subarray(0, 3).equals(byteOrderMark) ? [body.subarray(3)] : []),
  },
  {
    hint: 'The byte order mark of the body was cut off. Pass the bytes as they were received, not decoded text.',
    undo: (body) => [Buffer.concat([byteOrderMark, body])],
  },
  {
    hint: 'The body was decoded as Latin-1. Pass the bytes as they were received, or decode them as UTF-8.',
    undo: (body) => [Buffer.from(body.toString('utf8'), 'latin1')],
  },
  {
    hint: 'The body is still base64. On AWS Lambda pass { body, isBase64Encoded } as they are in the event.',
    undo: (body) => [Buffer.from(body.toString('latin1'), 'base64')],
  },
];

function replaceText(body: Buffer, pattern: RegExp, replacement: string): Buffer {
  return Buffer.from(body.toString('latin1').replace(pattern, replacement), 'latin1');
}

function isSignedWithOtherKeyForm(body: Buffer, { signature, keys, scheme }: MismatchContext): boolean {
  const encoding = scheme === 'legacy' ? 'base64' : 'utf8';
  return keys.some(({ text }) => isSameSignature(computeSignature(body, Buffer.from(text, encoding)), signature));
}

function otherKeyFormHint(scheme: WebhookScheme): string {
  return scheme === 'legacy'
    ? "The signature was made with the base64-decoded key, as current webhooks are. Leave scheme: 'legacy' out."
    : "The signature was made with the key as text. SpotDraft decodes the key from base64 first: sign with signWebhook. Only callbacks of the older scheme use text (scheme: 'legacy').";
}

function unknownReasonHint(body: Buffer): string {
  // U+FFFD in UTF-8: what decoders put in the place of bytes they could not read.
  const isDecodedWrongly = body.includes(Buffer.from([0xef, 0xbf, 0xbd]));
  const decoded = isDecodedWrongly ? 'The body has replacement characters: it was probably decoded as text piece by piece. ' : '';
  return `${decoded}Likely: the key belongs to another region or workspace, or was replaced; the body was changed on its way; or the request is not from SpotDraft.`;
}

function mismatch(hint: string): WebhookError {
  return new WebhookError('The signature does not match the body.', { code: 'webhook.signature_mismatch', recovery: 'never', hint });
}
