import { createSpotDraftClient } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { requestMetrics } from '../src/index.ts';
import { quickJobs, startTestArchive } from './test-archive.ts';
import { engines } from './test-databases.ts';
import { createTestMeter } from './test-meter.ts';

it('a service measures copies, failures, durations, the queue and its age', async () => {
  const { meter, read } = createTestMeter();
  const jobs = { ...quickJobs, attempts: 2 };
  const { emulator, stores, service, settled } = await startTestArchive(engines[0]!, { service: { meter, jobs } });
  stores.box.store.faults.inject({ request: 'create', times: Number.POSITIVE_INFINITY });
  emulator.state.execute(emulator.state.createContract({ title: 'NDA' }).id);
  await settled();

  expect(await read('spotdraft_archive.copies')).toEqual([{ attributes: { destination: 'drive', outcome: 'stored' }, value: 1 }]);
  expect(await read('spotdraft_archive.failures')).toEqual([
    { attributes: { destination: 'box', code: 'destination.unavailable' }, value: 2 },
  ]);
  expect(await read('spotdraft_archive.copy.duration')).toEqual([{ attributes: { destination: 'drive' }, value: 1 }]);
  expect(await read('spotdraft_archive.jobs')).toEqual(
    Object.entries({ waiting: 0, running: 0, parked: 0, dead: 1 }).map(([state, value]) => ({ attributes: { state }, value })),
  );
  const [age] = await read('spotdraft_archive.oldest_event.age');
  expect(age?.value).toBeGreaterThan(0);

  stores.box.store.faults.clear();
  const [dead] = await service.deadLetters();
  await service.redrive(dead?.subject ?? '');
  await settled();
  expect(await read('spotdraft_archive.contract.duration')).toEqual([{ attributes: {}, value: 1 }]);
  expect(await read('spotdraft_archive.oldest_event.age')).toEqual([{ attributes: {}, value: 0 }]);

  // The database is closed then, and a question to it would be reported as an error.
  await service.stop();
  await expect(read('spotdraft_archive.jobs')).resolves.toBeDefined();
});

it('requests are counted by provider and status, and waits that overlap count once', async () => {
  const { meter, read } = createTestMeter();
  const emulator = await startSpotDraftEmulator({ rateLimit: false });
  onTestFinished(() => emulator.stop());
  const { url: baseUrl, clientId, clientSecret } = emulator;
  const onEvent = requestMetrics(meter, 'spotdraft');
  const retry = { firstDelayMs: 40, maxDelayMs: 40 };
  const spotdraft = createSpotDraftClient({ baseUrl, source: 'test', clientId, clientSecret, retry, onEvent });
  const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
  emulator.faults.inject({ kind: 'status', status: 500, times: 2 });
  await Promise.all([spotdraft.contracts.status(id), spotdraft.contracts.status(id)]);

  const counts = await read('spotdraft_archive.requests');
  expect(counts).toContainEqual({ attributes: { provider: 'spotdraft', status: 200 }, value: 2 });
  expect(counts).toContainEqual({ attributes: { provider: 'spotdraft', status: 500 }, value: 2 });
  expect(await read('spotdraft_archive.request.duration')).toEqual([{ attributes: { provider: 'spotdraft' }, value: 4 }]);

  const ofStore = requestMetrics(meter, 'store');
  for (let request = 0; request < 3; request += 1) ofStore({ type: 'requests.paused', waitMs: 20_000 });
  const throttled = new Map((await read('spotdraft_archive.throttled')).map(({ attributes, value }) => [attributes['provider'], value]));
  expect(throttled.get('store')).toBeCloseTo(20, 1);
  expect(throttled.get('spotdraft')).toBeGreaterThan(0.015);
  expect(throttled.get('spotdraft')).toBeLessThan(0.08);
});
