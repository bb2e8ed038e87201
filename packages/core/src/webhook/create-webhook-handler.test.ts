import { EventEmitter, once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import type { ContractEvent } from './contract-event.ts';
import { createWebhookHandler } from './create-webhook-handler.ts';
import { signWebhook } from './sign-webhook.ts';
import { webhookSignatureHeader } from './signature-header.ts';
import type { WebhookHandlerOptions } from './webhook-handler-options.ts';

const key = Buffer.alloc(64, 1).toString('base64');
const newKey = Buffer.alloc(64, 2).toString('base64');
const body = '{"contract_id":19589,"activity":"CONTRACT_EXECUTED","contract_title":"Acme"}';

interface DeliveryOptions {
  readonly signedWith?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
}

function delivery(
  content: string | ReadableStream<Uint8Array> = body,
  { signedWith = key, headers = {}, method = 'POST' }: DeliveryOptions = {},
) {
  const signature = signWebhook(typeof content === 'string' ? content : body, signedWith);
  return new Request('https://example.com/webhooks', {
    method,
    headers: { [webhookSignatureHeader]: signature, ...headers },
    ...(method === 'POST' && { body: content, duplex: 'half' }),
  });
}

function receiver(options: Partial<WebhookHandlerOptions> = {}) {
  const events: ContractEvent[] = [];
  const onError = vi.fn<NonNullable<WebhookHandlerOptions['onError']>>();
  const handler = createWebhookHandler({ keys: [key], onEvent: (event) => events.push(event), onError, ...options });
  const answer = async (request: Request): Promise<[number, string]> => {
    const response = await handler(request);
    return [response.status, await response.text()];
  };
  return { answer, handler, events, onError, errorCode: () => (onError.mock.lastCall?.[0] as { code?: string } | undefined)?.code };
}

/** A body without end. `read` tells how many bytes were asked for, `cancelled` whether it was told to stop. */
function endless() {
  const state = { read: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.read += 1000;
        controller.enqueue(new Uint8Array(1000));
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
}

describe('createWebhookHandler', () => {
  it('answers 202 only after onEvent has resolved', async () => {
    const store = new EventEmitter();
    const { handler } = receiver({ onEvent: () => once(store, 'stored') });
    let isAnswered = false;
    const answering = handler(delivery()).then((response) => {
      isAnswered = true;
      return response;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    store.emit('stored');
    expect((await answering).status).toBe(202);
  });

  it('hands on the event with the id of its delivery, the same for a repeat', async () => {
    const { answer, events } = receiver();
    expect(await answer(delivery())).toEqual([202, '']);
    await answer(delivery());
    expect(events[0]).toMatchObject({
      activity: 'CONTRACT_EXECUTED',
      contractNumber: 19589,
      deliveryId: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(events[1]?.deliveryId).toBe(events[0]?.deliveryId);
  });

  it.each<[string, Request, number, string]>([
    ['a missing signature', new Request('https://x.test', { method: 'POST', body }), 401, 'webhook.signature_missing'],
    ['a malformed signature', delivery(body, { headers: { [webhookSignatureHeader]: 'abc' } }), 401, 'webhook.signature_malformed'],
    ['a signature by another key', delivery(body, { signedWith: newKey }), 401, 'webhook.signature_mismatch'],
    ['a signed body that is no event', delivery('[]'), 400, 'webhook.body_invalid'],
    ['a body that is too large', delivery(body.padEnd(2000)), 413, 'webhook.body_too_large'],
  ])('refuses %s with a code and tells onError the reason', async (_what, request, status, code) => {
    const { answer, events, onError, errorCode } = receiver({ maxBytes: 1000 });
    expect(await answer(request)).toEqual([status, JSON.stringify({ error: code })]);
    expect(errorCode()).toBe(code);
    expect(onError.mock.lastCall?.[1]).toEqual({ status, code });
    expect(events).toEqual([]);
  });

  it('refuses every method but POST', async () => {
    const { handler, onError } = receiver();
    const response = await handler(delivery(body, { method: 'GET' }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(onError).not.toHaveBeenCalled();
  });

  it('answers 500 without the reason when onEvent fails, also with an error of ours', async () => {
    for (const failure of [new Error('disk full: Acme'), Object.assign(new Error('x'), { code: 'webhook.body_invalid' })]) {
      const { answer, onError } = receiver({ onEvent: () => Promise.reject(failure) });
      expect(await answer(delivery())).toEqual([500, '{"error":"internal_error"}']);
      expect(onError).toHaveBeenCalledWith(failure, { status: 500, code: 'internal_error' });
    }
  });

  it('answers the same when onError fails', async () => {
    const throwing = receiver({ onError: () => expect.unreachable() });
    const rejecting = receiver({ onError: () => Promise.reject(new Error('log is away')) });
    expect((await throwing.answer(delivery('[]')))[0]).toBe(400);
    expect((await rejecting.answer(delivery('[]')))[0]).toBe(400);
  });

  it('says that the body was read before', async () => {
    const { answer, errorCode } = receiver();
    const request = delivery();
    await request.json();
    expect(await answer(request)).toEqual([500, '{"error":"webhook.body_already_parsed"}']);
    expect(errorCode()).toBe('webhook.body_already_parsed');
  });

  it('does not answer with what a stranger could learn from', async () => {
    const { answer } = receiver();
    const [, text] = await answer(delivery(`${body}\n`, { headers: { [webhookSignatureHeader]: signWebhook(body, key) } }));
    expect(text).toBe('{"error":"webhook.signature_mismatch"}');
  });
});

describe('the limit of the body', () => {
  it.each([{}, { 'content-length': '5' }, { 'content-length': 'many' }])(
    'holds while reading, whatever content-length says: %j',
    async (headers) => {
      const { stream, state } = endless();
      const { answer } = receiver({ maxBytes: 5000 });
      expect((await answer(delivery(stream, { headers })))[0]).toBe(413);
      expect(state).toEqual({ read: 6000, cancelled: true });
    },
  );

  it('refuses by content-length before reading anything', async () => {
    const { stream, state } = endless();
    const { answer } = receiver();
    expect((await answer(delivery(stream, { headers: { 'content-length': '1048577' } })))[0]).toBe(413);
    expect(state).toEqual({ read: 0, cancelled: true });
  });

  it('does not read a body whose signature is malformed', async () => {
    const { stream, state } = endless();
    expect((await receiver().answer(delivery(stream, { headers: { [webhookSignatureHeader]: 'no' } })))[0]).toBe(401);
    expect(state).toEqual({ read: 0, cancelled: true });
  });

  it('accepts exactly as many bytes as it allows', async () => {
    const exact = body.padEnd(1_048_576);
    expect((await receiver().answer(delivery(exact)))[0]).toBe(202);
    expect((await receiver().answer(delivery(`${exact} `)))[0]).toBe(413);
  });

  it('answers 400 when the body breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('ECONNRESET')) });
    expect(await receiver().answer(delivery(broken))).toEqual([400, '{"error":"webhook.body_invalid"}']);
  });

  it('does not wait for a stream that never ends its cancellation', async () => {
    const stuck = new ReadableStream<Uint8Array>({ cancel: () => new Promise(() => {}) });
    expect((await receiver().answer(delivery(stuck, { headers: { 'content-length': '9999999' } })))[0]).toBe(413);
  });
});

describe('keys', () => {
  it.each<[string, Partial<WebhookHandlerOptions>, string, string]>([
    ['a key that is not base64', { keys: ['%%'] }, 'config.invalid_option', 'keys'],
    ['a key that is too short', { keys: ['c2VjcmV0'] }, 'config.invalid_option', 'keys'],
    ['no key', { keys: [] }, 'config.missing_option', 'keys'],
    ['keys that are undefined', { keys: undefined as never }, 'config.missing_option', 'keys'],
    ['no onEvent', { onEvent: undefined as never }, 'config.missing_option', 'onEvent'],
    ['a limit of zero', { maxBytes: 0 }, 'config.invalid_option', 'maxBytes'],
    ['an age that is no number', { keysMaxAgeMs: Number.NaN }, 'config.invalid_option', 'keysMaxAgeMs'],
    ['an unknown scheme', { scheme: 'newest' as never }, 'config.invalid_option', 'scheme'],
  ])('are checked with the other options when the handler is made: %s', (_what, options, code, option) => {
    expect(() => receiver(options)).toThrow(expect.objectContaining({ name: 'ConfigurationError', code, details: { option } }));
  });

  it('are not shown when they are refused', () => {
    const secret = 'not-base64-but-secret!';
    expect(() => receiver({ keys: [secret] })).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret) }));
  });

  it('from a function are asked for once and kept', async () => {
    const keys = vi.fn<() => Promise<string[]>>(async () => [key]);
    const { answer } = receiver({ keys });
    expect(keys).not.toHaveBeenCalled();
    const answers = await Promise.all([answer(delivery()), answer(delivery()), answer(delivery())]);
    expect(answers.map(([status]) => status)).toEqual([202, 202, 202]);
    expect(keys).toHaveBeenCalledTimes(1);
  });

  it('from a function are asked for again when the key was replaced', async () => {
    let current = key;
    const { answer } = receiver({ keys: () => [current] });
    expect((await answer(delivery()))[0]).toBe(202);
    current = newKey;
    expect((await answer(delivery(body, { signedWith: newKey })))[0]).toBe(202);
    expect((await answer(delivery()))[0]).toBe(401);
  });

  it('from a function are asked for at most once in their age because of forged requests', async () => {
    const keys = vi.fn<() => Promise<string[]>>(async () => [key]);
    const { answer } = receiver({ keys });
    for (let count = 0; count < 5; count += 1) expect((await answer(delivery(body, { signedWith: newKey })))[0]).toBe(401);
    expect(keys).toHaveBeenCalledTimes(2);
  });

  it('from a function that fails are a 500, and are asked for again', async () => {
    const keys = vi.fn<() => Promise<string[]>>(async () => [key]).mockRejectedValueOnce(new Error('SpotDraft is away'));
    const { answer, onError } = receiver({ keys });
    expect(await answer(delivery())).toEqual([500, '{"error":"internal_error"}']);
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ message: 'SpotDraft is away' }), {
      status: 500,
      code: 'internal_error',
    });
    expect((await answer(delivery()))[0]).toBe(202);
  });

  it('that are old stay in use while they cannot be asked for', async () => {
    const keys = vi.fn<() => Promise<string[]>>(async () => [key]);
    const { answer, onError } = receiver({ keys, keysMaxAgeMs: 0 });
    await answer(delivery());
    keys.mockRejectedValueOnce(new Error('SpotDraft is away'));
    expect((await answer(delivery()))[0]).toBe(202);
    expect(onError).toHaveBeenCalledWith(expect.any(Error), { status: 202, code: 'keys_not_renewed' });
  });

  it('that are not valid when they arrive are a 500', async () => {
    const { answer, errorCode } = receiver({ keys: () => ['%%'] });
    expect(await answer(delivery())).toEqual([500, '{"error":"internal_error"}']);
    expect(errorCode()).toBe('webhook.key_invalid');
  });
});
