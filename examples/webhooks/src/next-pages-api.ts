// In a Next application: pages/api/webhooks/spotdraft.ts
import { createWebhookHandler, toNodeHandler } from '@spotdraft-archive/core';

// Next would parse the body otherwise, and a parser does not keep the bytes that the signature covers.
export const config = { api: { bodyParser: false } };

export default toNodeHandler(
  createWebhookHandler({
    // A function, because Next loads this file while it builds, where the key is not known yet.
    keys: () => process.env.SPOTDRAFT_HMAC_KEY ?? '',
    onEvent: (event) => console.log(`${event.activity} of contract ${event.contractNumber}`),
    onError: (error) => console.error(error),
  }),
);
