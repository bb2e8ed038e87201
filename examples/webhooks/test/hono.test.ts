import { serve } from '@hono/node-server';
import { signedWebhook } from '@spotdraft-archive/testkit';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { observedHandler } from './serve.ts';

const webhook = signedWebhook({ payload: { contract_id: 4711, activity: 'CONTRACT_EXECUTED' } });

async function deliverTo(app: Hono): Promise<number> {
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0 }, (address) => resolve(address.port));
    onTestFinished(() => void server.close());
  });
  const answer = await fetch(`http://localhost:${port}/webhooks`, { method: 'POST', body: webhook.body, headers: webhook.headers });
  return answer.status;
}

describe('a webhook in Hono', () => {
  it('is accepted', async () => {
    const { handler, accepted } = observedHandler();
    expect(await deliverTo(new Hono().post('/webhooks', (context) => handler(context.req.raw)))).toBe(202);
    expect(accepted).toEqual([4711]);
  });

  it('is refused when a middleware has read the body, with the reason', async () => {
    const { handler, accepted, refused } = observedHandler();
    const app = new Hono();
    app.use(async (context, next) => {
      await context.req.json();
      await next();
    });
    app.post('/webhooks', (context) => handler(context.req.raw));
    expect(await deliverTo(app)).toBe(500);
    expect([accepted, refused]).toEqual([[], ['webhook.body_already_parsed']]);
  });
});
