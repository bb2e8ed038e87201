import { toNodeHandler, verifyWebhook } from '@spotdraft-archive/core';
import { signedWebhook, testWebhookKey } from '@spotdraft-archive/testkit';
import fastify, { type FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { observedHandler } from './serve.ts';

const webhook = signedWebhook({ payload: { contract_id: 4711, activity: 'CONTRACT_EXECUTED' } });

async function deliverTo(app: FastifyInstance): Promise<Response> {
  onTestFinished(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(`${url}/webhooks`, { method: 'POST', body: webhook.body, headers: webhook.headers });
}

/** A route that hands Node's own request to the handler. */
function receiver() {
  const { handler, accepted, refused } = observedHandler();
  const nodeHandler = toNodeHandler(handler);
  const app = fastify();
  app.post('/webhooks', (request, reply) => {
    reply.hijack();
    nodeHandler(request.raw, reply.raw);
  });
  return { app, accepted, refused };
}

describe('a webhook in Fastify', () => {
  it('is accepted when the body is left unread', async () => {
    const { app, accepted } = receiver();
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    expect((await deliverTo(app)).status).toBe(202);
    expect(accepted).toEqual([4711]);
  });

  it('is refused behind the JSON parser that Fastify brings, with the reason', async () => {
    const { app, accepted, refused } = receiver();
    expect((await deliverTo(app)).status).toBe(500);
    expect([accepted, refused]).toEqual([[], ['webhook.body_already_parsed']]);
  });

  it('is verified from a body that Fastify keeps as a Buffer', async () => {
    const app = fastify();
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) => parsed(null, body));
    app.post<{ Body: Buffer }>(
      '/webhooks',
      ({ body, headers }) => verifyWebhook(body, { signature: headers, keys: testWebhookKey }).activity,
    );
    expect(await (await deliverTo(app)).text()).toBe('CONTRACT_EXECUTED');
  });
});
