import { createServer } from 'node:http';
import { createWebhookHandler, toNodeHandler } from '@spotdraft-archive/core';

const handler = createWebhookHandler({
  keys: process.env.SPOTDRAFT_HMAC_KEY ?? '',
  onEvent: (event) => console.log(`${event.activity} of contract ${event.contractNumber}`),
  onError: (error) => console.error(error),
});

const server = createServer(toNodeHandler(handler));
server.listen(process.env.PORT ?? 3000, () => console.log('Listening on', server.address()));
