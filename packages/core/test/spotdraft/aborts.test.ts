import { getEventListeners } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { SpotDraftClient } from '../../src/index.ts';
import { neverAnswers } from './scripted-fetch.ts';
import { executed, failureOf, testClient } from './test-client.ts';

afterEach(() => {
  vi.useRealTimers();
});

const reason = { why: 'shutting down' };
const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

const calls: [string, (client: SpotDraftClient, signal: AbortSignal) => Promise<unknown>][] = [
  ['status', (client, signal) => client.contracts.status('T-7', { signal })],
  ['list', (client, signal) => (client.contracts.list({ signal }) as AsyncGenerator).next()],
  ['download', (client, signal) => client.contracts.download('T-7', { signal })],
  ['openLink', (client, signal) => client.contracts.openLink({ url: 'https://storage.example/x' }, { signal })],
  ['addComment', (client, signal) => client.contracts.addComment('T-7', 'x', { signal })],
  ['setKeyPointers', (client, signal) => client.contracts.setKeyPointers('T-7', [], { signal })],
  ['webhooks.create', (client, signal) => client.webhooks.create({ title: 'x', url: 'https://x.example', activities: [] }, { signal })],
  ['webhooks.delete', (client, signal) => client.webhooks.delete(1, { signal })],
];

it.each(calls)('%s rejects with the reason itself when it is aborted while it waits', async (_name, call) => {
  const controller = new AbortController();
  const { client, sent } = testClient([neverAnswers]);
  const failure = failureOf(call(client, controller.signal));
  await settle();
  expect(sent).toHaveLength(1);
  controller.abort(reason);
  expect(await failure).toBe(reason);
  expect(listeners(controller.signal)).toBe(0);
});

it.each(calls)('%s sends nothing when it was aborted before', async (_name, call) => {
  const { client, sent } = testClient([executed()]);
  expect(await failureOf(call(client, AbortSignal.abort(reason)))).toBe(reason);
  expect(sent).toHaveLength(0);
});

it('leaves the queue when it is aborted there', async () => {
  const controller = new AbortController();
  const { client, sent } = testClient([neverAnswers], { concurrency: 1 });
  const first = failureOf(client.contracts.status('T-1', { signal: controller.signal }));
  const second = failureOf(client.contracts.status('T-2', { signal: controller.signal }));
  await settle();
  controller.abort(reason);
  expect(await Promise.all([first, second])).toEqual([reason, reason]);
  expect(sent).toHaveLength(1);
  expect(listeners(controller.signal)).toBe(0);
});

it('does not wait for a retry that nobody wants any more', async () => {
  const controller = new AbortController();
  const { client, sent } = testClient([new Response(null, { status: 503, headers: { 'retry-after': '20' } })]);
  const failure = failureOf(client.contracts.status('T-7', { signal: controller.signal }));
  await settle();
  controller.abort(reason);
  expect(await failure).toBe(reason);
  expect(sent).toHaveLength(1);
  expect(listeners(controller.signal)).toBe(0);
});

it('aborts in the middle of a document, whatever its source does', async () => {
  const controller = new AbortController();
  let isCancelled = false;
  const endless = () =>
    new Response(
      new ReadableStream({
        start: (stream) => stream.enqueue(new TextEncoder().encode('%PDF-')),
        pull: () => new Promise(() => {}),
        cancel() {
          isCancelled = true;
        },
      }),
    );
  const { client } = testClient([endless]);
  const { body } = await client.contracts.openLink({ url: 'https://storage.example/x' }, { signal: controller.signal });
  const reader = body.getReader();
  expect((await reader.read()).value).toHaveLength(5);
  const failure = failureOf(reader.read());
  controller.abort(reason);
  expect(await failure).toBe(reason);
  expect(listeners(controller.signal)).toBe(0);
  await settle();
  expect(isCancelled).toBe(true);
});

it.each([
  ['was answered', executed()],
  ['failed', new Response(null, { status: 404 })],
])('leaves no listener behind when it %s', async (_name, answer) => {
  const controller = new AbortController();
  const { client } = testClient([answer]);
  await client.contracts.status('T-7', { signal: controller.signal }).catch(() => {});
  expect(listeners(controller.signal)).toBe(0);
});

it('leaves no listener behind when a document was read or let go', async () => {
  const controller = new AbortController();
  const { client } = testClient([() => new Response('%PDF-')]);
  const open = () => client.contracts.openLink({ url: 'https://storage.example/x' }, { signal: controller.signal });
  const read = await open();
  await new Response(read.body).text();
  const dropped = await open();
  await dropped.body.cancel();
  expect(listeners(controller.signal)).toBe(0);
});

it('leaves no timer behind', async () => {
  vi.useFakeTimers();
  const { client } = testClient([executed()]);
  await client.contracts.status('T-7');
  await vi.advanceTimersByTimeAsync(0);
  expect(vi.getTimerCount()).toBe(0);
});

// Node 22 keeps a little of every combination for as long as the signal lives, so a long run would grow with its requests.
it('does not combine the signal of a long run with others', async () => {
  const any = vi.spyOn(AbortSignal, 'any');
  const { signal } = new AbortController();
  const { client } = testClient([executed()]);
  await client.contracts.status('T-7', { signal });
  expect(any).toHaveBeenCalled();
  expect(any.mock.calls.flat(2)).not.toContain(signal);
  any.mockRestore();
});
