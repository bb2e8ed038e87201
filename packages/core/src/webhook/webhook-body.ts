import { types } from 'node:util';
import { WebhookError } from '../errors/webhook-error.ts';

/** The part of an AWS Lambda event (API Gateway, function URL, load balancer) that holds the body. */
export interface LambdaBody {
  readonly body?: string | null | undefined;
  readonly isBase64Encoded: boolean;
}

/** The body of a webhook exactly as it was received. A string is taken as UTF-8. */
export type WebhookBody = string | ArrayBufferView | ArrayBuffer | LambdaBody;

/** The bytes of a body in any form. Throws `WebhookError` (`webhook.body_already_parsed`) when it is no longer what was received. */
export function readBodyBytes(body: WebhookBody): Buffer {
  if (typeof body === 'string') return textBytes(body);
  if (ArrayBuffer.isView(body)) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (types.isAnyArrayBuffer(body)) return Buffer.from(body);
  if (isLambdaBody(body)) return body.isBase64Encoded ? Buffer.from(body.body ?? '', 'base64') : textBytes(body.body ?? '');
  throw alreadyParsed(`The body is ${body === null ? 'null' : `of type ${typeof body}`}, not the bytes that were received.`);
}

function textBytes(text: string): Buffer {
  if (text === '[object Object]') throw alreadyParsed('The body is the text "[object Object]": an object that was turned into a string.');
  return Buffer.from(text, 'utf8');
}

function isLambdaBody(body: unknown): body is LambdaBody {
  if (typeof body !== 'object' || body === null) return false;
  const candidate = body as Partial<LambdaBody>;
  return typeof candidate.isBase64Encoded === 'boolean' && (candidate.body == null || typeof candidate.body === 'string');
}

/** The error for a body that a framework has read or parsed before the signature could be checked. */
export function alreadyParsed(message: string): WebhookError {
  return new WebhookError(message, {
    code: 'webhook.body_already_parsed',
    recovery: 'never',
    hint:
      'A body parser ran first. The signature covers the bytes as they were sent, and JSON that was parsed cannot be turned back into them: ' +
      'keep the parser away from this route, or let it keep the raw body.',
  });
}
