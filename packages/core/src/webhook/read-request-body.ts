import { ArchiveError } from '../errors/archive-error.ts';
import { WebhookError } from '../errors/webhook-error.ts';
import { alreadyParsed } from './webhook-body.ts';

/**
 * Reads the body of a request, at most `maxBytes` of it, whatever its content-length says; the rest is never asked for.
 *
 * Throws `WebhookError`: `webhook.body_too_large`, `webhook.body_already_parsed` when somebody read it before, `webhook.body_invalid` when it
 * breaks off.
 */
export async function readRequestBody(request: Request, { maxBytes }: { maxBytes: number }): Promise<Buffer> {
  const { body } = request;
  if (request.bodyUsed || body?.locked) throw alreadyParsed('The body of the request was read before the webhook handler got it.');
  if (body === null) return Buffer.alloc(0);
  if (Number(request.headers.get('content-length')) > maxBytes) {
    cancelQuietly(body);
    throw tooLarge(maxBytes);
  }
  return readAtMost(body, maxBytes);
}

async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return Buffer.concat(chunks, size);
      // A stream of Node that was told to decode its bytes gives strings.
      if (!(value instanceof Uint8Array)) throw alreadyParsed('The body of the request arrives as decoded text, not as bytes.');
      size += value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(value);
    }
  } catch (error) {
    cancelQuietly(reader);
    throw ArchiveError.isInstance(error) ? error : brokenOff(error);
  }
}

/** Tells the sender's side that nothing more is wanted. Whether and when that ends does not matter to the answer. */
export function cancelQuietly(body: Pick<ReadableStream, 'cancel'>): void {
  body.cancel().catch(() => undefined);
}

function tooLarge(maxBytes: number): WebhookError {
  return new WebhookError(`The body is larger than ${maxBytes} bytes.`, {
    code: 'webhook.body_too_large',
    recovery: 'never',
    hint: 'Webhooks of SpotDraft have a few kilobytes. Raise maxBytes if yours are larger.',
    details: { maxBytes },
  });
}

function brokenOff(cause: unknown): WebhookError {
  return new WebhookError('The connection ended before the body was complete.', {
    code: 'webhook.body_invalid',
    recovery: 'never',
    hint: 'The sender or a proxy closed the connection.',
    cause,
  });
}
