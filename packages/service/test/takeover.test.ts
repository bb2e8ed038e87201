import { startDropboxEmulator, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { enqueueJob } from '../src/jobs/enqueue-job.ts';
import { WorkerPool } from './crash/worker-pool.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { openTestQueue } from './test-queue.ts';

describeOnEngines('the job of a process that is killed', (engine) => {
  it('is ended by another process within 30 seconds', { timeout: 120_000 }, async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const { accessToken: auth, urls, ...store } = await startDropboxEmulator();
    onTestFinished(() => store.stop());
    const stores = { dropbox: { auth, baseUrls: urls } };
    const { url: baseUrl, clientId, clientSecret, ...emulator } = await startSpotDraftEmulator({ rateLimit: false });
    onTestFinished(() => emulator.stop());
    const { id, number } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    const { store: jobs, close } = await openTestQueue(database);
    onTestFinished(close);
    // As users have it.
    const leaseMs = 15_000;
    const options = { baseUrl, clientId, clientSecret, hmacKey: testWebhookKey, database, stores, leaseMs };
    const pool = await WorkerPool.open(options);
    onTestFinished(() => pool.stop());

    // The first one to ask for the document gets it when it is dead.
    let letGo = (): void => {};
    const isKilled = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const isRunning = new Promise<void>((resolve) => {
      emulator.onRequest(async ({ origin }, phase) => {
        if (origin !== 'storage' || phase !== 'before-effect') return;
        resolve();
        await isKilled;
      });
    });
    await pool.replace(0);
    await enqueueJob(jobs, { subject: id, contractNumber: number, contractId: id, dueAt: Date.now() });
    await isRunning;
    await pool.replace(1);
    await expect.poll(() => pool.ports.size, { timeout: 10_000 }).toBe(2);
    await pool.kill(0);
    const killedAt = performance.now();
    letGo();

    const records = () => jobs.sql.selectFrom('archive_jobs').select(['state', 'attempts']).execute();
    await expect.poll(records, { timeout: 30_000, interval: 100 }).toEqual([{ state: 'done', attempts: 2 }]);
    console.log(`a killed worker's job was done by another one after ${((performance.now() - killedAt) / 1_000).toFixed(1)} s`);
    expect(pool.errors).toBe('');
  });
});
