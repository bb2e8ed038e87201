import { signedWebhook } from '../../fixtures/signed-webhook.ts';
import type { WebhookSubscription } from './webhook-subscription.ts';

export interface PostWebhookOptions {
  /** Base64. */
  readonly key: string;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
}

/** Makes one signed webhook call. Resolves with the status of the answer, or `undefined` when there was none in time. */
export async function postWebhook(
  { url, customHeaders }: WebhookSubscription,
  body: string,
  options: PostWebhookOptions,
): Promise<number | undefined> {
  const { headers, body: bytes } = signedWebhook({ body, key: options.key });
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    const request: RequestInit = { method: 'POST', headers: { ...customHeaders, ...headers }, body: bytes, redirect: 'manual', signal };
    const answer = await options.fetch(url, request);
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return undefined;
  }
}
