import { createSpotDraftClient, type RequestBudget } from '@spotdraft-archive/core';
import { memoryDestination, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { sharedBudget } from '../src/budget/shared-budget.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { createArchiveService } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { quickJobs } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

/** The most moments that lie within any second. */
function busiestSecond(moments: readonly number[]): number {
  return Math.max(...moments.map((start) => moments.filter((moment) => moment >= start && moment < start + 1_000).length));
}

/** The same budget as two processes have it. */
async function twoBudgets(engine: TestEngine, requestsPerSecond: number): Promise<readonly [RequestBudget, RequestBudget]> {
  const { options, drop } = await engine.create();
  onTestFinished(drop);
  const [one, other] = [await openDatabase(options), await openDatabase(options)];
  onTestFinished(async () => void (await Promise.all([one.close(), other.close()])));
  const settings = { source: 'test', requestsPerSecond };
  return [sharedBudget(one, settings), sharedBudget(other, settings)];
}

describeOnEngines('the budget of requests to SpotDraft', (engine) => {
  it('is one for two services, so that SpotDraft refuses nobody', async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const emulator = await startSpotDraftEmulator();
    onTestFinished(() => emulator.stop());
    const { url: baseUrl, clientId, clientSecret } = emulator;
    const begun: number[] = [];
    const noting: typeof fetch = (input, init) => {
      if (input instanceof Request && input.url.startsWith(baseUrl)) begun.push(performance.now());
      return fetch(input, init);
    };
    const contracts = Array.from({ length: 8 }, () => emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }));
    const create = () =>
      createArchiveService({
        // Each client alone would begin three times as many.
        spotdraft: createSpotDraftClient({
          baseUrl,
          fetch: noting,
          clientId,
          clientSecret,
          source: 'test',
          requestsPerSecond: 24,
          concurrency: 8,
        }),
        destinations: { drive: memoryDestination() },
        database,
        requestsPerSecond: 8,
        webhook: { keys: testWebhookKey },
        jobs: quickJobs,
        schedule: false,
      });
    const [one, other] = [create(), create()];
    for (const service of [one, other]) {
      onTestFinished(() => service.stop());
      await service.start();
    }
    await Promise.all(contracts.map(({ id }, index) => (index % 2 === 0 ? one : other).archive(id)));
    await one.idle();
    const requests = emulator.requests.list({ origin: 'api' });
    expect(requests.length).toBeGreaterThanOrEqual(16);
    expect(requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(begun).toHaveLength(requests.length);
    expect(busiestSecond(begun)).toBeLessThanOrEqual(8);
    expect(busiestSecond(begun)).toBeGreaterThan(4);
  });

  it('lets nobody go before SpotDraft wants to hear of one again', async () => {
    const [one, other] = await twoBudgets(engine, 1_000);
    await one.take({ signal: undefined });
    await one.exceeded?.({ retryAfterMs: 400 });
    const startedAt = performance.now();
    await Promise.all([one.take({ signal: undefined }), other.take({ signal: undefined })]);
    expect(performance.now() - startedAt).toBeGreaterThan(350);
  });

  it('waits no longer than its caller', async () => {
    const [one] = await twoBudgets(engine, 0.001);
    await one.take({ signal: undefined });
    const stopped = new Error('stopped');
    const stopping = new AbortController();
    const taken = one.take({ signal: stopping.signal });
    setTimeout(() => stopping.abort(stopped), 50);
    await expect(taken).rejects.toBe(stopped);
  });
});
