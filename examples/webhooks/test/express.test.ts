import { toNodeHandler } from '@spotdraft-archive/core';
import { signedWebhook } from '@spotdraft-archive/testkit';
import express, { type RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { observedHandler, serve } from './serve.ts';

const webhook = signedWebhook({ payload: { contract_id: 4711, activity: 'CONTRACT_EXECUTED' } });

async function deliverThrough(parser: RequestHandler | undefined) {
  const { handler, accepted, refused } = observedHandler();
  const app = express();
  if (parser) app.use(parser);
  // A router, so that the path which the handler sees is not the one that was requested.
  app.use('/webhooks', express.Router().post('/spotdraft', toNodeHandler(handler)));
  const url = await serve(app);
  const answer = await fetch(`${url}/webhooks/spotdraft`, { method: 'POST', body: webhook.body, headers: webhook.headers });
  return { status: answer.status, accepted, refused };
}

describe('a webhook in Express', () => {
  it.each<[string, RequestHandler | undefined]>([
    ['without a body parser', undefined],
    ['behind express.raw()', express.raw({ type: '*/*' })],
    ['behind express.text()', express.text({ type: '*/*' })],
    ['behind a parser of other bodies', express.urlencoded({ extended: true })],
    [
      'behind express.json() that keeps the raw body',
      express.json({ verify: (request, _response, bytes) => Object.assign(request, { rawBody: bytes }) }),
    ],
  ])('is accepted %s', async (_where, parser) => {
    expect(await deliverThrough(parser)).toEqual({ status: 202, accepted: [4711], refused: [] });
  });

  it('is refused behind express.json(), with the reason', async () => {
    expect(await deliverThrough(express.json())).toEqual({ status: 500, accepted: [], refused: ['webhook.body_already_parsed'] });
  });
});
