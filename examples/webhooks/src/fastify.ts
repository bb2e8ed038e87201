import { createWebhookHandler, toNodeHandler } from '@spotdraft-archive/core';
import fastify from 'fastify';

const handler = toNodeHandler(
  createWebhookHandler({
    keys: process.env.SPOTDRAFT_HMAC_KEY ?? '',
    onEvent: (event) => console.log(`${event.activity} of contract ${event.contractNumber}`),
    onError: (error) => console.error(error),
  }),
);

const app = fastify();
app.post('/orders', (request) => request.body);
await app.register((webhooks, _options, done) => {
  // In this scope only: Fastify leaves the body unread, for the handler to read.
  webhooks.removeAllContentTypeParsers();
  webhooks.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
  webhooks.post('/webhooks/spotdraft', (request, reply) => {
    reply.hijack();
    handler(request.raw, reply.raw);
  });
  done();
});

await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log('Listening on', app.server.address());
