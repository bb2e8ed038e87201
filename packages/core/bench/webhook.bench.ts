// How many webhooks one core verifies and parses, beside a bare HMAC over the same bytes.

import { createHmac } from 'node:crypto';
import { signedWebhook, testWebhookKey } from '@spotdraft-archive/testkit/emulators';
import { createWebhookHandler, verifyWebhook } from '../src/index.ts';

const { body, signature, toRequest } = signedWebhook();
const key = Buffer.from(testWebhookKey, 'base64');
const handler = createWebhookHandler({ keys: [testWebhookKey], onEvent: () => {} });

async function perSecond(work: () => unknown): Promise<number> {
  const until = performance.now() + 1_000;
  let done = 0;
  while (performance.now() < until) {
    for (let each = 0; each < 100; each++) await work();
    done += 100;
  }
  return done;
}

const bare = await perSecond(() => createHmac('sha512', key).update(body).digest('hex') === signature);
const verified = await perSecond(() => verifyWebhook(body, { signature, keys: [testWebhookKey] }));
const handled = await perSecond(() => handler(toRequest()));

console.log(`webhooks of ${body.byteLength} bytes, one core`);
console.log(`bare HMAC              ${bare}/s`);
console.log(`verifyWebhook          ${verified}/s, ratio ${(verified / bare).toFixed(2)}`);
console.log(`createWebhookHandler   ${handled}/s, ratio ${(handled / bare).toFixed(2)}`);
