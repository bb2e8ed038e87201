import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LedgerError } from '../../src/index.ts';
import { executed, testClient } from './test-client.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** The most moments that lie within any second. */
function busiestSecond(moments: readonly number[]): number {
  return Math.max(...moments.map((start) => moments.filter((moment) => moment >= start && moment < start + 1000).length));
}

it('begins no more requests within any second than it may, repeats included', async () => {
  const moments: number[] = [];
  const answer = () => {
    moments.push(Date.now());
    return moments.length % 4 === 0 ? new Response(null, { status: 429 }) : executed();
  };
  const { client } = testClient([answer], { requestsPerSecond: 8, concurrency: 100 });
  const calls: Promise<unknown>[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (let call = 0; call < 6; call += 1) calls.push(client.contracts.status('T-7'));
    await vi.advanceTimersByTimeAsync(370);
  }
  await vi.advanceTimersByTimeAsync(20_000);
  await Promise.all(calls);
  expect(moments).toHaveLength(39);
  expect(busiestSecond(moments)).toBe(8);
  expect(Math.max(...moments) - Math.min(...moments)).toBeLessThan(4_500);
});

it('has no more requests in flight than it may', async () => {
  let inFlight = 0;
  let most = 0;
  const answer = async () => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    await new Promise((resolve) => setTimeout(resolve, 50));
    inFlight -= 1;
    return executed();
  };
  const { client } = testClient([answer], { concurrency: 4 });
  const calls = Array.from({ length: 20 }, () => client.contracts.status('T-7'));
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all(calls);
  expect(most).toBe(4);
});

it('lets other requests pass while a document is being read', async () => {
  const { client } = testClient([new Response('%PDF-1.7'), executed()], { concurrency: 1 });
  const document = await client.contracts.download('T-7');
  await expect(client.contracts.status('T-7')).resolves.toMatchObject({ status: 'EXECUTED' });
  await document.body.cancel();
});

it('does not count documents under links as requests to SpotDraft', async () => {
  const { client, sent } = testClient([() => new Response('%PDF-1.7')], { requestsPerSecond: 1, concurrency: 1 });
  await Promise.all(Array.from({ length: 5 }, () => client.contracts.openLink({ url: 'https://storage.example/file' })));
  expect(sent).toHaveLength(5);
});

it('asks for leave before every request, repeats included, and tells of too many', async () => {
  const log: string[] = [];
  const tooMany = () => new Response(null, { status: 429, headers: { 'retry-after': '3' } });
  const { client } = testClient([tooMany, executed()]);
  const shared = client.withBudget({
    take: async () => void log.push('take'),
    exceeded: async ({ retryAfterMs }) => void log.push(`pause for ${retryAfterMs} ms`),
  });
  const answered = shared.contracts.status('T-7');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await answered).toMatchObject({ status: 'EXECUTED' });
  expect(log).toEqual(['take', 'pause for 3000 ms', 'take']);
});

it('sends nothing without leave, and hands on why', async () => {
  const { client } = testClient([]);
  const refused = client.withBudget({
    take: () => Promise.reject(new LedgerError('gone', { code: 'ledger.unavailable', recovery: 'retry' })),
  });
  await expect(refused.contracts.status('T-7')).rejects.toMatchObject({ code: 'ledger.unavailable' });
});
