// In a Next application: app/webhooks/spotdraft/route.ts
import { createWebhookHandler } from '@spotdraft-archive/core';

export const POST = createWebhookHandler({
  // A function, because Next loads this file while it builds, where the key is not known yet.
  keys: () => process.env.SPOTDRAFT_HMAC_KEY ?? '',
  onEvent: (event) => console.log(`${event.activity} of contract ${event.contractNumber}`),
  onError: (error) => console.error(error),
});
