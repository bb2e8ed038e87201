import { join } from 'node:path';
import { DestinationError, type StorageDestination } from '@spotdraft-archive/core/destination';
import { largePdf, memoryDestination } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished, vi } from 'vitest';
import { enqueueJob } from '../src/jobs/enqueue-job.ts';
import { finishJob } from '../src/jobs/finish-job.ts';
import { jobFailureOf } from '../src/jobs/job-failure.ts';
import { park, resume } from '../src/parking/parked.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, quickJobs, startTestArchive } from './test-archive.ts';
import { openTestQueue } from './test-queue.ts';

const fullDrive = new DestinationError('The drive is full.', {
  code: 'destination.quota_exceeded',
  recovery: 'operator',
  hint: 'Make room.',
});
const badName = new DestinationError('The name is refused.', { code: 'destination.name_rejected', recovery: 'never' });

describeOnEngines('an attempt that failed', (engine) => {
  it('is repeated for its own destination alone', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    stores.box.store.faults.inject({ request: 'create', times: 2 });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    await settled();
    expect((await service.status(id)).state).toBe('archived');
    expect(stores.drive.store.requests.filter((request) => request === 'create')).toHaveLength(1);
    expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([[id], [id]]);
  });

  it('for want of room for a large document is repeated until there is some', async () => {
    const { emulator, service, settled } = await startTestArchive(engine, { service: { jobs: { ...quickJobs, attempts: 1_000 } } });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', document: largePdf({ bytes: 9_000_000 }) });
    vi.stubEnv('TMPDIR', join(import.meta.dirname, 'no-such-folder'));
    const { state, failure } = await service.archive(id);
    expect(failure?.code).toBe('temporary_file.unavailable');
    expect(state).not.toBe('dead');
    vi.unstubAllEnvs();
    await settled();
    expect((await service.status(id)).state).toBe('archived');
  });

  it('waits for as long as the store asked for', async () => {
    const { emulator, stores, service } = await startTestArchive(engine);
    const busy = new DestinationError('Too many.', { code: 'destination.rate_limited', recovery: 'retry', retryAfterMs: 90_000 });
    stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: busy });
    const before = Date.now();
    const { state, nextAttemptAt } = await service.archive(emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    expect(state).toBe('waiting');
    expect(nextAttemptAt?.getTime()).toBeGreaterThanOrEqual(before + 90_000);
  });

  it('becomes a dead letter when its attempts are used up, and is archived after it was redriven', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const fault = stores.box.store.faults.inject({ request: 'create', times: Number.POSITIVE_INFINITY });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    await settled();
    expect(await service.deadLetters()).toMatchObject([
      { subject: id, contractId: id, attempts: quickJobs.attempts, failures: { box: { code: 'destination.unavailable' } } },
    ]);
    expect(await service.status(id)).toMatchObject({ state: 'dead', receipts: { drive: { contractId: id } } });

    fault.remove();
    expect([await service.redrive(id), await service.redrive(id)]).toEqual([true, false]);
    await settled();
    expect((await service.status(id)).state).toBe('archived');
    expect(await service.deadLetters()).toEqual([]);
  });

  it('of a webhook, which was given up, is settled when a person asks for the contract by its id', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const fault = stores.box.store.faults.inject({ request: 'create', times: Number.POSITIVE_INFINITY });
    const { id } = emulator.state.importExecuted({ title: 'NDA' });
    const { id: other } = emulator.state.importExecuted({ title: 'Lease' });
    await settled();
    expect(await service.deadLetters()).toHaveLength(2);
    fault.remove();
    expect((await service.archive(id)).state).toBe('archived');
    expect(await service.deadLetters()).toMatchObject([{ contractId: other }]);
    await service.redrive((await service.deadLetters())[0]?.subject ?? '');
    await settled();
    expect(await service.health()).toMatchObject({ status: 'ok', oldestOpenEventAt: undefined });
  });

  it('that can never succeed is not repeated', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    stores.box.store.faults.inject({ request: 'create', times: Number.POSITIVE_INFINITY, error: badName });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    await settled();
    expect(stores.box.store.requests.filter((request) => request === 'create')).toHaveLength(1);
    expect(await service.deadLetters()).toMatchObject([{ failures: { box: { code: 'destination.name_rejected' } } }]);
  });

  it('waits for a document that SpotDraft does not have yet', async () => {
    const jobs = { ...quickJobs, attempts: 1_000 };
    const { emulator, stores, service, settled } = await startTestArchive(engine, { service: { jobs } });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', notReady: { forMs: 60_000 } });
    expect(await service.archive(id)).toMatchObject({ failure: { code: 'spotdraft.document_not_ready', recovery: 'retry' } });
    emulator.state.setNotReady(id, { forMs: 0 });
    await settled();
    expect(copiesIn(stores.drive)).toEqual([id]);
  });
});

describeOnEngines('a destination that needs a person', (engine) => {
  it('is parked with its reason, tried by no other contract, holds up no other destination, and goes on after resume', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const fault = stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: fullDrive });
    const first = emulator.state.addContract({ title: 'First', status: 'EXECUTED' });
    const second = emulator.state.addContract({ title: 'Second', status: 'EXECUTED' });
    expect(await service.archive(first.id)).toMatchObject({ state: 'parked', receipts: { drive: { contractId: first.id } } });
    const requestsBefore = stores.box.store.requests.length;
    expect(await service.archive(second.id)).toMatchObject({ state: 'parked', receipts: { drive: { contractId: second.id } } });
    expect(stores.box.store.requests).toHaveLength(requestsBefore);
    expect(await service.parked()).toMatchObject([{ name: 'box', code: 'destination.quota_exceeded', hint: 'Make room.' }]);

    fault.remove();
    await service.resume('box');
    await settled();
    expect([await service.parked(), copiesIn(stores.box)]).toEqual([[], [first.id, second.id]]);
  });

  it('that is resumed while a job is at work elsewhere has that job go on', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const fault = stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: fullDrive });
    const first = emulator.state.addContract({ title: 'First', status: 'EXECUTED' });
    const second = emulator.state.addContract({ title: 'Second', status: 'EXECUTED' });
    expect((await service.archive(first.id)).state).toBe('parked');
    fault.remove();
    let resumed = false;
    emulator.onRequest(async ({ origin }, phase) => {
      if (origin !== 'storage' || phase !== 'before-effect' || resumed) return;
      resumed = true;
      await service.resume('box');
    });
    await service.archive(second.id);
    await settled();
    expect([await service.deadLetters(), copiesIn(stores.box)]).toEqual([[], [first.id, second.id]]);
  });

  it('that is resumed before a job has written that it waits for it does not leave the job behind', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const { store, close } = await openTestQueue(options);
    onTestFinished(close);
    await enqueueJob(store, { subject: 'T-7', contractNumber: 7, contractId: 'T-7', dueAt: Date.now() });
    const job = await store.queue.claim();
    const failures = { box: jobFailureOf(fullDrive) };
    const verdict = { state: 'parked', parkedBy: ['box'], dueAt: Date.now(), attempts: 1, failures } as const;
    await park(store.sql, failures, Date.now());
    await resume(store, { name: 'box', now: Date.now() });
    expect(await finishJob(store, job!, { verdict, now: Date.now() })).toMatchObject({ state: 'waiting' });

    const again = await store.queue.claim();
    expect(again).toMatchObject({ subject: 'T-7', attempts: 1 });
    await park(store.sql, failures, Date.now());
    expect(await finishJob(store, again!, { verdict, now: Date.now() })).toMatchObject({ state: 'parked' });
  });

  it('goes on although the check of another one neither passes nor ends', async () => {
    const check: StorageDestination['check'] = ({ signal } = {}) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const silent = memoryDestination();
    const stores = { box: memoryDestination(), drive: memoryDestination() };
    const destinations = { silent: { ...silent, check }, ...stores };
    const jobs = { ...quickJobs, recheckMs: 10 };
    const { emulator, service } = await startTestArchive(engine, { service: { destinations, jobs } });
    silent.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: fullDrive });
    const fault = stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: fullDrive });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    fault.remove();
    await expect.poll(() => copiesIn(stores.box), { timeout: 10_000 }).toEqual([id]);
    expect(await service.parked()).toMatchObject([{ name: 'silent' }]);
  });

  it('goes on by itself when its check passes again', async () => {
    const { emulator, stores, service } = await startTestArchive(engine, { service: { jobs: { ...quickJobs, recheckMs: 10 } } });
    const fault = stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: fullDrive });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    expect(await service.parked()).toHaveLength(1);
    fault.remove();
    await expect.poll(async () => (await service.status(id)).state).toBe('archived');
  });

  it('may be SpotDraft: no contract is tried, none becomes a dead letter, and all go on when it answers again', async () => {
    const { emulator, stores, service } = await startTestArchive(engine, { service: { jobs: { ...quickJobs, recheckMs: 10 } } });
    const fault = emulator.faults.inject({ kind: 'status', status: 401, origin: 'api', times: Number.POSITIVE_INFINITY });
    const ids = ['One', 'Two', 'Three'].map((title) => emulator.state.importExecuted({ title }).id);
    await expect.poll(() => service.parked()).toMatchObject([{ name: '', code: 'spotdraft.unauthorized' }]);
    fault.remove();
    await expect.poll(() => copiesIn(stores.box)).toEqual(ids);
    await service.idle();
    expect([await service.deadLetters(), await service.parked()]).toEqual([[], []]);
  });
});
