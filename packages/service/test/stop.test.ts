import { expect, it } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { claimJob } from '../src/jobs/claim-job.ts';
import { enqueueJob } from '../src/jobs/enqueue-job.ts';
import { finishJob } from '../src/jobs/finish-job.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, quickJobs, startTestArchive, type TestArchive } from './test-archive.ts';

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

  it('leaves the job of a worker that died to another one, once its lease has ended', async () => {
    const { database: options, emulator, service, stores } = await startTestArchive(engine);
    await service.stop();
    const { id, number } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    const database = await openDatabase(options);
    const now = Date.now();
    await enqueueJob(database.sql, { subject: id, contractNumber: number, contractId: id, dueAt: now });
    expect(await claimJob(database, { now, leaseMs: 30 })).toMatchObject({ subject: id, attempts: 1 });
    expect(await claimJob(database, { now, leaseMs: 30 })).toBeUndefined();
    await database.close();
    await service.start();
    await service.idle();
    expect(copiesIn(stores.drive)).toEqual([id]);
  });
});

describeOnEngines('a job', (engine) => {
  it('that kills its process each time becomes a dead letter', async () => {
    const { database: options, service, emulator, stores } = await startTestArchive(engine);
    await service.stop();
    const { id, number } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    const database = await openDatabase(options);
    await enqueueJob(database.sql, { subject: id, contractNumber: number, contractId: id, dueAt: 0 });
    for (let now = 1; now <= quickJobs.attempts; now += 1) await claimJob(database, { now: now * 10, leaseMs: 1 });
    await database.close();
    await service.start();
    await service.idle();
    expect(await service.deadLetters()).toMatchObject([{ subject: id, failures: { '': { recovery: 'operator' } } }]);
    expect(stores.drive.store.requests).toEqual([]);
  });

  it('is the only one of its contract number that runs, and of several workers one gets it', async () => {
    const { database: options, service } = await startTestArchive(engine);
    await service.stop();
    const [one, other] = [await openDatabase(options), await openDatabase(options)];
    const now = Date.now();
    for (const subject of ['7', 'T-7', 'H-7']) await enqueueJob(one.sql, { subject, contractNumber: 7, dueAt: now });
    const claims = await Promise.all(
      Array.from({ length: 8 }, (_, index) => claimJob(index % 2 === 0 ? one : other, { now, leaseMs: 1_000 })),
    );
    const [first, ...others] = claims.filter((job) => job !== undefined);
    expect(others).toEqual([]);
    await finishJob(one.sql, first!, { verdict: { state: 'done', dueAt: now, attempts: 1, failures: {} }, now });
    expect((await claimJob(other, { now, leaseMs: 1_000 }))?.subject).not.toBe(first?.subject);
    await Promise.all([one.close(), other.close()]);
  });

  it('that is asked for while it runs runs once more, and one that was taken over is ended by its new worker only', async () => {
    const { database: options, service } = await startTestArchive(engine);
    await service.stop();
    const database = await openDatabase(options);
    const request = { subject: 'T-7', contractNumber: 7, contractId: 'T-7', dueAt: 0 };
    await enqueueJob(database.sql, request);
    const first = await claimJob(database, { now: 1, leaseMs: 10 });
    await enqueueJob(database.sql, request);
    const verdict = { state: 'done', dueAt: 1, attempts: 1, failures: {} } as const;
    await finishJob(database.sql, first!, { verdict, now: 2 });
    const again = await claimJob(database, { now: 2, leaseMs: 10 });
    expect(again).toMatchObject({ subject: 'T-7', attempts: 1 });
    const taken = await claimJob(database, { now: 20, leaseMs: 10 });
    expect(taken?.attempts).toBe(2);
    await finishJob(database.sql, again!, { verdict, now: 21 });
    expect(await claimJob(database, { now: 40, leaseMs: 10 })).toMatchObject({ subject: 'T-7' });
    await database.close();
  });
});
