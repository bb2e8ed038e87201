// A whole Next server takes too long to start here. The route handler is called with Next's own request class, as Next calls it; the pages API
// runs behind Next's own resolver, which parses bodies and adds Next's methods to the request, on a real server.
import { signedWebhook, testWebhookKey } from '@spotdraft-archive/testkit';
import { apiResolver } from 'next/dist/server/api-utils/node/api-resolver.js';
import { NextRequest } from 'next/server.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { POST } from '../src/next-app-route.ts';
import pagesHandler, { config } from '../src/next-pages-api.ts';
import { serve } from './serve.ts';

const webhook = signedWebhook({ payload: { contract_id: 4711, activity: 'CONTRACT_EXECUTED' } });
beforeEach(() => {
  vi.stubEnv('SPOTDRAFT_HMAC_KEY', testWebhookKey);
  for (const level of ['log', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
});

describe("a webhook in a route handler of Next's app directory", () => {
  const requestWith = (body: Uint8Array<ArrayBuffer>) =>
    new NextRequest('https://example.com/webhooks/spotdraft', { method: 'POST', headers: webhook.headers, body });

  it('is accepted', async () => {
    expect((await POST(requestWith(webhook.body))).status).toBe(202);
    expect(console.log).toHaveBeenCalledWith('CONTRACT_EXECUTED of contract 4711');
  });

  it('is refused when it is forged', async () => {
    expect((await POST(requestWith(webhook.body.slice(1)))).status).toBe(401);
  });

  it('is refused when the body was read before, with the reason', async () => {
    const request = requestWith(webhook.body);
    await request.json();
    expect((await POST(request)).status).toBe(500);
    expect(console.error).toHaveBeenCalledWith(expect.objectContaining({ code: 'webhook.body_already_parsed' }));
  });
});

describe("a webhook in Next's pages API", () => {
  const context = { previewModeId: '', previewModeEncryptionKey: '', previewModeSigningKey: '', dev: false };

  async function deliver(body: Uint8Array<ArrayBuffer>, module: object): Promise<number> {
    const url = await serve((request, response) => void apiResolver(request, response, {}, module, context, false));
    return (await fetch(`${url}/api/webhooks/spotdraft`, { method: 'POST', headers: webhook.headers, body })).status;
  }

  it('is accepted without the body parser, and Next sees that it was answered', async () => {
    expect(await deliver(webhook.body, { default: pagesHandler, config })).toBe(202);
    expect(console.log).toHaveBeenCalledWith('CONTRACT_EXECUTED of contract 4711');
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('is refused when it is forged', async () => {
    expect(await deliver(webhook.body.slice(1), { default: pagesHandler, config })).toBe(401);
  });

  it('is refused behind the body parser, with the reason', async () => {
    expect(await deliver(webhook.body, { default: pagesHandler })).toBe(500);
    expect(console.error).toHaveBeenCalledWith(expect.objectContaining({ code: 'webhook.body_already_parsed' }));
  });
});
