import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createSpotDraftClient, parseContractId, type RequestBudget } from '@spotdraft-archive/core';
import { memoryDestination, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { sharedBudget } from '../src/budget/shared-budget.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { createArchiveService } from '../src/index.ts';
import { enqueueJobs } from '../src/jobs/enqueue-job.ts';
import { untilIdle } from '../src/jobs/wait-for-jobs.ts';
import type { BudgetProcessOptions } from './budget-process.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { quickJobs } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';
import { openTestQueue } from './test-queue.ts';

/**
 * A process that gets no processor for a third of a second sends what had moments of their own all at once, which says nothing of the budget. Without
 * one, every run is refused.
 */
const retry = 2;

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

async function startProcess(options: BudgetProcessOptions): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('budget-process.ts', import.meta.url));
  const child = fork(program, { execArgv: ['--conditions=@spotdraft-archive/source', '--no-warnings'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.send(options);
  await once(child, 'message', { signal: AbortSignal.timeout(60_000) });
  return child;
}

/** Answers how many contracts it has archived. */
async function stopProcess(child: ChildProcess): Promise<number> {
  child.send('stop');
  const [archived] = (await once(child, 'message', { signal: AbortSignal.timeout(30_000) })) as [number];
  return archived;
}

describeOnEngines('the budget of requests to SpotDraft', (engine) => {
  it('is one for two services, so that SpotDraft refuses nobody', { retry }, async () => {
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
        // What a route asks is counted too.
        route: [
          { when: { tag: 'board' }, to: ['drive'] },
          { when: {}, to: ['drive'] },
        ],
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
    // 8 on a machine with nothing else to do; SpotDraft allows 10.
    expect(busiestSecond(begun)).toBeLessThanOrEqual(10);
    expect(busiestSecond(begun)).toBeGreaterThan(4);
  });

  it('is one for two processes, which SpotDraft never refuses, and lets them do almost as much as is allowed', {
    timeout: 120_000,
    retry,
  }, async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const emulator = await startSpotDraftEmulator();
    onTestFinished(() => emulator.stop());
    const { url: baseUrl, clientId, clientSecret } = emulator;
    const ids = Array.from({ length: 20 }, () => emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    const { store, close } = await openTestQueue(database);
    onTestFinished(close);
    const options: BudgetProcessOptions = { baseUrl, clientId, clientSecret, database };
    const processes = await Promise.all([startProcess(options), startProcess(options)]);
    const requests = ids.map((id) => ({ subject: id, contractNumber: parseContractId(id).number, contractId: id, dueAt: Date.now() }));
    await enqueueJobs(store, requests);
    await untilIdle(store.sql, AbortSignal.timeout(60_000));
    const archived = await Promise.all(processes.map(stopProcess));

    const sent = emulator.requests.list({ origin: 'api' }).filter(({ path }) => !path.includes('token'));
    expect(sent.filter(({ status }) => status !== 200)).toEqual([]);
    expect(archived.reduce((sum, count) => sum + count, 0)).toBe(20);
    expect(Math.min(...archived)).toBeGreaterThan(2);
    const moments = sent.map(({ startedAt }) => startedAt);
    expect(busiestSecond(moments)).toBeLessThanOrEqual(10);
    const perSecond = ((sent.length - 1) * 1_000) / (Math.max(...moments) - Math.min(...moments));
    console.log(`two processes sent ${sent.length} requests, ${perSecond.toFixed(1)} a second of 8 that they may`);
    expect(perSecond).toBeGreaterThan(5);
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
