// How many jobs a second one process gets done on each database: jobs that do nothing, which measures the queue alone, and contracts archived
// into a store that keeps nothing.

import { createSpotDraftClient } from '@spotdraft-archive/core';
import { contractPdf, startSpotDraftEmulator } from '@spotdraft-archive/testkit/emulators';
import { scaled } from '../../../scripts/bench/scaled.ts';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';
import { enqueueJob, type JobRequest } from '../src/jobs/enqueue-job.ts';
import { finishJob } from '../src/jobs/finish-job.ts';
import type { JobStore } from '../src/jobs/job-queue.ts';
import { until } from '../src/jobs/wait-for-jobs.ts';
import { engines } from '../test/test-databases.ts';
import { openTestQueue } from '../test/test-queue.ts';
import { discardingDestination } from './discarding-destination.ts';

const count = scaled(500);
const concurrencies = [1, 4, 16];

const emulator = await startSpotDraftEmulator({ rateLimit: false });
const pdf = await contractPdf({ title: 'Lease', parties: ['A', 'B'] });
const requests: JobRequest[] = Array.from({ length: count }, () => {
  const { id, number } = emulator.state.addContract({ title: 'Lease', status: 'EXECUTED', document: () => pdf });
  return { subject: id, contractNumber: number, contractId: id, dueAt: Date.now() };
});

async function enqueueAll({ sql, queue }: JobStore): Promise<void> {
  await sql.transaction().execute(async (transaction) => {
    for (const request of requests) await enqueueJob({ sql: transaction, queue }, request);
  });
}

/** Jobs a second that are taken and ended. */
async function measureQueue(options: DatabaseOptions, concurrency: number): Promise<number> {
  const { store, close } = await openTestQueue(options);
  await enqueueAll(store);
  const startedAt = performance.now();
  const work = async (): Promise<void> => {
    for (let job = await store.queue.claim(); job; job = await store.queue.claim()) {
      await finishJob(store, job, { verdict: { state: 'done', dueAt: 0, attempts: 1, failures: {} }, now: Date.now() });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const rate = count / ((performance.now() - startedAt) / 1_000);
  await close();
  return rate;
}

/** Contracts a second that are archived. */
async function measureArchive(database: DatabaseOptions, concurrency: number): Promise<number> {
  const { store, close } = await openTestQueue(database);
  await enqueueAll(store);
  const { url: baseUrl, clientId, clientSecret, fetch } = emulator;
  const spotdraft = createSpotDraftClient({
    baseUrl,
    fetch,
    clientId,
    clientSecret,
    source: 'bench',
    requestsPerSecond: 1_000_000,
    concurrency,
  });
  const service = createArchiveService({
    spotdraft,
    destinations: { nowhere: discardingDestination() },
    database,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    webhook: { keys: Buffer.alloc(64).toString('base64') },
    jobs: { concurrency },
    schedule: false,
  });
  const startedAt = performance.now();
  await service.start();
  await until(async () => {
    const row = await store.sql.selectFrom('archive_jobs').select('subject').where('state', '!=', 'done').limit(1).executeTakeFirst();
    return row === undefined;
  }, undefined);
  const rate = count / ((performance.now() - startedAt) / 1_000);
  await service.stop();
  await close();
  return rate;
}

/** A number and how it compares with the first one that was measured. */
function beside(rate: number, first: number): string {
  return `${rate.toFixed(0).padStart(5)} /s (x ${(rate / first).toFixed(2)})`;
}

let first: { readonly queue: number; readonly archive: number } | undefined;
console.log(`${count} jobs; beside each rate, how it compares with one at a time on the first database`);
for (const engine of engines) {
  for (const concurrency of concurrencies) {
    const rates = { queue: 0, archive: 0 };
    for (const [name, measure] of [
      ['queue', measureQueue],
      ['archive', measureArchive],
    ] as const) {
      const { options, drop } = await engine.create();
      rates[name] = await measure(options, concurrency);
      await drop();
    }
    first ??= rates;
    const text = `doing nothing ${beside(rates.queue, first.queue)}, archived ${beside(rates.archive, first.archive)}`;
    console.log(`${engine.name.padEnd(12)} ${String(concurrency).padStart(2)} at a time: ${text}`);
  }
}
await emulator.stop();
