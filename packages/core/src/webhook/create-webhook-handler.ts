import type { VerifiedContractEvent } from './contract-event.ts';
import { cancelQuietly, readRequestBody } from './read-request-body.ts';
import { readSignature } from './signature-header.ts';
import { isSigned, readSigned, verifyBytes } from './verify-webhook.ts';
import { checkHandlerOptions, type WebhookHandlerOptions, type WebhookHandlerSettings } from './webhook-handler-options.ts';
import { refusalOf, refuse, type WebhookRefusal } from './webhook-refusal.ts';

/** Answers a webhook. Never rejects. */
export type WebhookHandler = (request: Request) => Promise<Response>;

/**
 * Makes a receiver of SpotDraft's webhooks for every host that speaks web requests, such as Hono and Next. `toNodeHandler` fits it to
 * node:http, Express and Fastify.
 *
 * Answers 202 once `onEvent` has resolved, 401 to a signature that is missing or wrong, 413 to a body beyond `maxBytes`, 400 to a body that
 * is no event, 405 to a method other than POST, and 500 when `onEvent` or `keys` failed or a framework parsed the body first. `onError` gets
 * the reason; the answer only has a code.
 *
 * Throws `ConfigurationError` at once when an option is missing or a key is not base64 or too short.
 *
 * @example
 * const handler = createWebhookHandler({ keys: [hmacKey], onEvent: (event) => inbox.store(event) });
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const settings = checkHandlerOptions(options);
  const fail = (error: unknown, refusal: WebhookRefusal): Response => {
    settings.report(error, refusal);
    return refuse(refusal);
  };

  return async (request) => {
    if (request.method !== 'POST') return refuse({ status: 405, code: 'method_not_allowed' });
    let event: VerifiedContractEvent;
    try {
      event = await receiveEvent(request, settings);
    } catch (error) {
      if (request.body !== null) cancelQuietly(request.body);
      return fail(error, refusalOf(error));
    }
    try {
      await settings.onEvent(event);
    } catch (error) {
      return fail(error, { status: 500, code: 'internal_error' });
    }
    return new Response(null, { status: 202 });
  };
}

async function receiveEvent(request: Request, { keys, maxBytes, scheme }: WebhookHandlerSettings): Promise<VerifiedContractEvent> {
  const signature = readSignature(request.headers, scheme);
  const body = await readRequestBody(request, { maxBytes });
  const known = await keys.current();
  if (isSigned(body, { signature, keys: known })) return readSigned(body);
  return verifyBytes(body, { signature, keys: (await keys.renewed()) ?? known, scheme });
}
