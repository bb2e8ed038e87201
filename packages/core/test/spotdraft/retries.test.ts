import { afterEach, expect, it, vi } from 'vitest';
import type { SpotDraftEvent } from '../../src/index.ts';
import { networkFailure, neverAnswers } from './scripted-fetch.ts';
import { executed, failureOf, testClient } from './test-client.ts';

afterEach(() => {
  vi.useRealTimers();
});

const status = (code: number, headers: Record<string, string> = {}): Response =>
  Response.json({ detail: 'No.' }, { status: code, headers });

it.each([
  ['429', status(429)],
  ['500', status(500)],
  ['503', status(503)],
  ['599', status(599)],
  ['a broken connection', networkFailure('ECONNRESET')],
  ['an answer cut short', new TypeError('terminated')],
])('asks again after %s', async (_name, failure) => {
  const { client, sent } = testClient([failure, failure, executed()]);
  await expect(client.contracts.status('T-7')).resolves.toMatchObject({ status: 'EXECUTED' });
  expect(sent).toHaveLength(3);
});

it.each([400, 401, 402, 403, 404, 408, 409, 422])('does not ask again after %i', async (code) => {
  const { client, sent } = testClient([status(code)]);
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ name: 'SpotDraftError', status: code });
  expect(sent).toHaveLength(1);
});

it('asks again when the body of an answer breaks off', async () => {
  const broken = () => {
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"contract_sta'));
        controller.error(new TypeError('terminated'));
      },
    });
    return new Response(body, { headers: { 'content-type': 'application/json' } });
  };
  const { client, sent } = testClient([broken, executed()]);
  await client.contracts.status('T-7');
  expect(sent).toHaveLength(2);
});

it('gives up after the last attempt and tells how many there were', async () => {
  const { client, sent } = testClient([status(503)], { retry: { attempts: 3 } });
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({
    code: 'spotdraft.unavailable',
    recovery: 'retry',
    status: 503,
    details: { attempts: 3 },
  });
  expect(sent).toHaveLength(3);
});

it('waits as long as Retry-After says', async () => {
  vi.useFakeTimers();
  const { client, sent } = testClient([status(429, { 'retry-after': '7' }), executed()]);
  const answer = client.contracts.status('T-7');
  await vi.advanceTimersByTimeAsync(6999);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2);
  await expect(answer).resolves.toMatchObject({ status: 'EXECUTED' });
});

it('hands a long Retry-After on instead of waiting', async () => {
  const { client, sent } = testClient([status(503, { 'retry-after': '120' })]);
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ retryAfterMs: 120_000, recovery: 'retry' });
  expect(sent).toHaveLength(1);
});

it('waits longer from try to try, with a bound, never twice the same', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  const { client, sent } = testClient([status(500)], { retry: { attempts: 4, firstDelayMs: 1000, maxDelayMs: 2000 } });
  const failure = failureOf(client.contracts.status('T-7'));
  const times: number[] = [];
  for (let waited = 0; waited <= 7000 && sent.length < 4; waited += 10) {
    await vi.advanceTimersByTimeAsync(10);
    if (sent.length > times.length) times.push(waited);
  }
  await failure;
  const [first = 0, second = 0, third = 0, fourth = 0] = times;
  expect(second - first).toBeGreaterThanOrEqual(490);
  expect(second - first).toBeLessThanOrEqual(1010);
  for (const wait of [third - second, fourth - third]) {
    expect(wait).toBeGreaterThanOrEqual(990);
    expect(wait).toBeLessThanOrEqual(2010);
  }
});

it('ends a try without an answer at its deadline and asks again', async () => {
  const { client, sent } = testClient([neverAnswers, executed()], { timeoutMs: 20 });
  await client.contracts.status('T-7');
  expect(sent).toHaveLength(2);
});

it('counts the deadline from the start of a try, not from its place in the queue', async () => {
  const slowly = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    return executed();
  };
  const { client } = testClient([slowly], { timeoutMs: 100, concurrency: 1 });
  await expect(Promise.all(Array.from({ length: 6 }, () => client.contracts.status('T-7')))).resolves.toHaveLength(6);
});

it('reports a deadline as such', async () => {
  const { client } = testClient([neverAnswers], { timeoutMs: 10, retry: { attempts: 1 } });
  expect(await failureOf(client.contracts.status('T-7'))).toMatchObject({ code: 'spotdraft.timeout', recovery: 'retry' });
});

it.each(['downloadLink', 'download'] as const)('repeats %s: it only reads, although it is a POST', async (method) => {
  const { client, sent } = testClient([status(500), Response.json({ url: 'https://storage.example/x', detail: 'x' })], {});
  await failureOf(client.contracts[method]('T-7').then(() => Promise.reject(new Error('done'))));
  expect(sent.filter(({ url }) => url.pathname.includes('/T-7/')).length).toBeGreaterThan(1);
});

it.each(['ECONNRESET', 'UND_ERR_SOCKET'])('does not send a comment again after %s: it may be there', async (code) => {
  const { client, sent } = testClient([networkFailure(code)]);
  expect(await failureOf(client.contracts.addComment('T-7', 'Archived.'))).toMatchObject({
    code: 'spotdraft.unavailable',
    recovery: 'operator',
    hint: expect.stringContaining('may have been carried out'),
  });
  expect(sent).toHaveLength(1);
});

it('does not create a webhook twice after a 500 or a deadline', async () => {
  const webhook = { title: 'Archive', url: 'https://example.com/hook', activities: ['CONTRACT_EXECUTED'] };
  for (const [answer, code] of [
    [status(500), 'spotdraft.unavailable'],
    [neverAnswers, 'spotdraft.timeout'],
  ] as const) {
    const { client, sent } = testClient([answer], { timeoutMs: 10 });
    expect(await failureOf(client.webhooks.create(webhook))).toMatchObject({ code, recovery: 'operator' });
    expect(sent).toHaveLength(1);
  }
});

it.each([
  ['a refusal', status(429)],
  ['a connection that was never made', networkFailure('ECONNREFUSED')],
])('sends a comment again after %s', async (_name, failure) => {
  const { client, sent } = testClient([failure, Response.json({ id: 1, comment: 'Archived.', replies: [] }, { status: 201 })]);
  await expect(client.contracts.addComment('T-7', 'Archived.')).resolves.toMatchObject({ id: '1' });
  expect(sent).toHaveLength(2);
});

it('takes a webhook that is gone at the second try for deleted, and at the first for unknown', async () => {
  const second = testClient([networkFailure('ECONNRESET'), status(404)]);
  await expect(second.client.webhooks.delete('5')).resolves.toBeUndefined();
  const first = testClient([status(404)]);
  expect(await failureOf(first.client.webhooks.delete('5'))).toMatchObject({ code: 'spotdraft.not_found' });
});

it('tells of answers and repeats, and survives a listener that throws', async () => {
  const events: SpotDraftEvent[] = [];
  const onEvent = (event: SpotDraftEvent) => {
    events.push(event);
    throw new Error('listener');
  };
  const { client } = testClient([status(503), executed()], { onEvent });
  await client.contracts.status('T-7');
  const path = '/api/v2.1/public/contracts/T-7/status';
  expect(events).toEqual([
    { type: 'request.answered', method: 'GET', path, status: 503, attempt: 1, durationMs: expect.any(Number) },
    { type: 'request.repeated', method: 'GET', path, code: 'spotdraft.unavailable', attempt: 1, waitedMs: expect.any(Number) },
    { type: 'request.answered', method: 'GET', path, status: 200, attempt: 2, durationMs: expect.any(Number) },
  ]);
});
