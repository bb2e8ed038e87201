import { serve } from '@hono/node-server';
import { createWebhookHandler } from '@spotdraft-archive/core';
import { Hono } from 'hono';

const handler = createWebhookHandler({
  keys: process.env.SPOTDRAFT_HMAC_KEY ?? '',
  onEvent: (event) => console.log(`${event.activity} of contract ${event.contractNumber}`),
  onError: (error) => console.error(error),
});

const app = new Hono();
app.post('/webhooks/spotdraft', (context) => handler(context.req.raw));

const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) }, () => console.log('Listening on', server.address()));
