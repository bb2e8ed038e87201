import { createWebhookHandler, toNodeHandler } from '@spotdraft-archive/core';
import express from 'express';

const handler = createWebhookHandler({
  keys: process.env.SPOTDRAFT_HMAC_KEY ?? '',
  onEvent: (event) => console.log(`${event.activity} of contract ${event.contractNumber}`),
  onError: (error) => console.error(error),
});

const app = express();
// Before any body parser: the signature covers the bytes, and a parser does not keep them.
app.post('/webhooks/spotdraft', toNodeHandler(handler));
app.use(express.json());
app.post('/orders', (request, response) => void response.json(request.body));

const server = app.listen(Number(process.env.PORT ?? 3000), () => console.log('Listening on', server.address()));
