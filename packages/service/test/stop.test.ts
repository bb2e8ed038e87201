import { expect, it, onTestFinished } from 'vitest';
import { enqueueJob } from '../src/jobs/enqueue-job.ts';
import { finishJob } from '../src/jobs/finish-job.ts';
import type { JobStore } from '../src/jobs/job-queue.ts';
import { untilAttempted } from '../src/jobs/wait-for-jobs.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, quickJobs, startTestArchive, type TestArchive } from './test-archive.ts';
import { openTestQueue } from './test-queue.ts';

/** Archives a contract whose document SpotDraft sends only when `letGo` is called. */
async function archiveSlowly({ emulator, service }: TestArchive) {
  let letGo = (): void => {};
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    emulator.onRequest(async (request, phase) => {
      if (request.origin !== 'storage' || phase !== 'before-effect') return;
      resolve();
      await released;
    });
  });
  const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
  const archived = service.archive(id).catch(() => undefined);
  await arrived;
  return { id, letGo, archived };
}

describeOnEngines('stopping a service', (engine) => {
  it('lets the running jobs end', async () => {
    const archive = await startTestArchive(engine);
    const { id, letGo, archived } = await archiveSlowly(archive);
    const stopped = archive.service.stop();
    letGo();
    await stopped;
    await archived;
    expect([copiesIn(archive.stores.drive), copiesIn(archive.stores.box)]).toEqual([[id], [id]]);
    const next = archive.createService();
    await next.start();
    expect((await next.status(id)).state).toBe('archived');
    await next.stop();
    await next.stop();
  });

  it('may be asked for twice at once, and a start meanwhile starts it again', async () => {
    const archive = await startTestArchive(engine);
    const { id, letGo, archived } = await archiveSlowly(archive);
    const stopped = Promise.all([archive.service.stop(), archive.service.stop()]);
    const startedAgain = archive.service.start();
    letGo();
    await Promise.all([stopped, startedAgain, archived]);
    expect((await archive.service.status(id)).state).toBe('archived');
    const next = archive.emulator.state.addContract({ title: 'Next', status: 'EXECUTED' });
    expect((await archive.service.archive(next.id)).state).toBe('archived');
  });

  it('interrupts a job that takes too long, and another service goes on with it at once', async () => {
    const archive = await startTestArchive(engine, { service: { jobs: { ...quickJobs, drainMs: 10 } } });
    const { id, letGo, archived } = await archiveSlowly(archive);
    await archive.service.stop();
    letGo();
    await archived;
    const next = archive.createService();
    await next.start();
    await next.idle();
    expect((await next.status(id)).state).toBe('archived');
    expect(copiesIn(archive.stores.drive)).toEqual([id]);
  });
});

describeOnEngines('a job', (engine) => {
  it('that kills its process each time becomes a dead letter', async () => {
    const { database, service, emulator, stores } = await startTestArchive(engine);
    await service.stop();
    const { id, number } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    const { store, close } = await openTestQueue(database);
    await enqueueJob(store, { subject: id, contractNumber: number, contractId: id, dueAt: 0 });
    await store.sql.updateTable('archive_jobs').set({ attempts: quickJobs.attempts }).execute();
    await close();
    await service.start();
    await service.idle();
    expect(await service.deadLetters()).toMatchObject([{ subject: id, failures: { '': { recovery: 'operator' } } }]);
    expect(stores.drive.store.requests).toEqual([]);
  });

  it('is the only one of its contract number that runs, and of several workers one gets it', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const [one, other] = [await openTestQueue(options), await openTestQueue(options)];
    for (const subject of ['7', 'T-7', 'H-7']) await enqueueJob(one.store, { subject, contractNumber: 7, dueAt: Date.now() });
    const claims = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? one : other).store.queue.claim()));
    const [first, ...others] = claims.filter((job) => job !== undefined);
    expect(others).toEqual([]);
    await finishJob(one.store, first!, { verdict: done, now: Date.now() });
    expect((await other.store.queue.claim())?.subject).not.toBe(first?.subject);
    await Promise.all([one.close(), other.close()]);
  });

  it('that is asked for while it runs runs once more, and one that was taken over is ended by its new worker only', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const { store, forgetWorkers, close } = await openTestQueue(options);
    const request = { subject: 'T-7', contractNumber: 7, contractId: 'T-7', dueAt: 0 };
    await enqueueJob(store, request);
    const first = await store.queue.claim();
    await enqueueJob(store, request);
    await finishJob(store, first!, { verdict: done, now: 2 });
    const again = await store.queue.claim();
    expect(again).toMatchObject({ subject: 'T-7', attempts: 1 });
    expect(await store.queue.extend(again!)).toBe(true);

    await forgetWorkers();
    await expect.poll(() => store.queue.claim(), { timeout: 20_000, interval: 100 }).toMatchObject({ attempts: 2 });
    expect(await store.queue.extend(again!)).toBe(false);
    await finishJob(store, again!, { verdict: done, now: 21 });
    expect(await stateOf(store, 'T-7')).toBe('running');
    await close();
  });

  it('has been attempted for those who wait also when its next attempt runs already, and not when it was asked for meanwhile', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const { store, close } = await openTestQueue(options);
    onTestFinished(close);
    const request = { subject: 'T-7', contractNumber: 7, contractId: 'T-7', dueAt: 0 };
    const again = { state: 'waiting', dueAt: 0, attempts: 1, failures: {} } as const;
    await enqueueJob(store, request);
    await finishJob(store, (await store.queue.claim())!, { verdict: again, now: Date.now() });
    expect((await store.queue.claim())?.attempts).toBe(2);
    await untilAttempted(store.sql, 'T-7', AbortSignal.timeout(5_000));

    await enqueueJob(store, request);
    await expect(untilAttempted(store.sql, 'T-7', AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('that is asked for earlier than its next attempt runs at once, and once', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const { store, close } = await openTestQueue(options);
    const request = { subject: 'T-7', contractNumber: 7, contractId: 'T-7' };
    await enqueueJob(store, { ...request, dueAt: Date.now() + 3_600_000 });
    expect(await store.queue.claim()).toBeUndefined();
    for (let times = 0; times < 3; times += 1) await enqueueJob(store, { ...request, dueAt: Date.now() });
    const job = await store.queue.claim();
    expect(job?.subject).toBe('T-7');
    await finishJob(store, job!, { verdict: done, now: Date.now() });
    expect(await store.queue.claim()).toBeUndefined();
    await close();
  });
});

const done = { state: 'done', dueAt: 0, attempts: 1, failures: {} } as const;

async function stateOf({ sql }: JobStore, subject: string): Promise<string | undefined> {
  return (await sql.selectFrom('archive_jobs').select('state').where('subject', '=', subject).executeTakeFirst())?.state;
}
