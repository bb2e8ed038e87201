import { signedWebhook, testWebhookKey } from '@spotdraft-archive/testkit';
import { type RunningExample, startExample } from '@spotdraft-archive-examples/support';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const executed = signedWebhook({ payload: { contract_id: 4711, activity: 'CONTRACT_EXECUTED' } });

describe.each(['node-http', 'express', 'fastify', 'hono'])('the example %s', (name) => {
  let example: RunningExample;
  beforeAll(async () => {
    const directory = new URL('..', import.meta.url);
    example = await startExample({ directory, program: `src/${name}.ts`, environment: { SPOTDRAFT_HMAC_KEY: testWebhookKey } });
  });
  afterAll(async () => void (await example.stop()));

  const post = (init: RequestInit): Promise<Response> => fetch(`${example.url}/webhooks/spotdraft`, { method: 'POST', ...init });

  it('accepts a webhook of SpotDraft and hands the event on', async () => {
    expect((await post({ body: executed.body, headers: executed.headers })).status).toBe(202);
    await vi.waitFor(() => expect(example.output()).toContain('CONTRACT_EXECUTED of contract 4711'), { interval: 5, timeout: 10_000 });
  });

  it('refuses a forged one and prints why', async () => {
    const answer = await post({ body: executed.body.slice(1), headers: executed.headers });
    expect([answer.status, await answer.json()]).toEqual([401, { error: 'webhook.signature_mismatch' }]);
    await vi.waitFor(() => expect(example.output()).toContain('WebhookError: The signature does not match the body.'), {
      interval: 5,
      timeout: 10_000,
    });
  });

  it('refuses one without a signature', async () => {
    expect((await post({ body: executed.body })).status).toBe(401);
  });

  it('refuses one that is too large, whether its length is known or not', async () => {
    const large = new Uint8Array(3_000_000);
    expect((await post({ body: large, headers: executed.headers })).status).toBe(413);
    expect((await post({ body: new Blob([large]).stream(), duplex: 'half', headers: executed.headers })).status).toBe(413);
  });

  it('still answers afterwards', async () => {
    expect((await post({ body: executed.body, headers: executed.headers })).status).toBe(202);
  });
});
