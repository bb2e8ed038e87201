import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { type SpotDraftEmulator, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import type { DatabaseOptions, DeadLetter } from '../../src/index.ts';
import { causeAccidents } from './cause-accidents.ts';
import { type CopyCounts, countCopies } from './count-copies.ts';
import { createCrashService } from './create-crash-service.ts';
import { seededRandom } from './seeded-random.ts';
import { StoreFarm } from './store-farm.ts';
import type { WorkerOptions } from './worker-options.ts';
import { WorkerPool } from './worker-pool.ts';

export interface CrashTestOptions {
  readonly database: DatabaseOptions;
  readonly seconds: number;
  readonly seed: number;
}

/** What is left when the dust has settled. */
export interface CrashReport extends CopyCounts {
  readonly kills: number;
  /** Requests that met a fault, at SpotDraft and at the stores. */
  readonly faults: number;
  readonly deadLetters: readonly DeadLetter[];
}

const workers = 2;
const contractsPerSecond = 5;
const settleMs = 90_000;

/**
 * Archives contracts to three stores in processes that are killed at random moments, and counts what became of them. The same seed plans the same
 * accidents. All of it travels over HTTP: SpotDraft is in this process, the stores in one of their own.
 */
export async function runCrashTest({ database, seconds, seed }: CrashTestOptions): Promise<CrashReport> {
  const random = seededRandom(seed);
  const farm = await StoreFarm.start();
  const compileCache = await mkdtemp(join(tmpdir(), 'archive-crash-'));
  let pool: WorkerPool | undefined;
  const emulator = await startSpotDraftEmulator({
    rateLimit: false,
    allowHttpWebhooks: true,
    webhookFailureLimit: Number.POSITIVE_INFINITY,
    webhookFetch: (_address, init) => {
      const ports = [...(pool?.ports.values() ?? [])];
      return fetch(`http://127.0.0.1:${ports[Math.floor(random() * ports.length)] ?? 1}/`, init);
    },
  });
  const { url: baseUrl, clientId, clientSecret } = emulator;
  const options: WorkerOptions = {
    baseUrl,
    clientId,
    clientSecret,
    hmacKey: testWebhookKey,
    database,
    stores: farm.addresses,
    compileCache,
  };
  const service = createCrashService(options);
  try {
    pool = await startPool(options);
    await subscribe(emulator);
    const faults = await causeAccidents({ emulator, farm, pool, random, seconds, contracts: Math.ceil(seconds * contractsPerSecond) });
    await service.start();
    // What was sent while no receiver lived is lost, as SpotDraft may not send it again.
    await service.repair({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) });
    await service.idle({ signal: AbortSignal.timeout(settleMs) });
    if (pool.errors !== '') throw new Error(`A worker printed errors:\n${pool.errors}`);
    const counts = await countCopies(service, { emulator, farm });
    return { ...counts, kills: pool.kills, faults, deadLetters: await service.deadLetters() };
  } finally {
    await pool?.stop();
    await service.stop();
    await emulator.stop();
    await farm.stop();
    await rm(compileCache, { recursive: true, force: true });
  }
}

async function startPool(options: WorkerOptions): Promise<WorkerPool> {
  const pool = new WorkerPool(options);
  for (let place = 0; place < workers; place += 1) await pool.replace(place);
  while (pool.ports.size < workers) await delay(20);
  return pool;
}

async function subscribe({ url, clientId, clientSecret }: SpotDraftEmulator): Promise<void> {
  const spotdraft = createSpotDraftClient({ baseUrl: url, source: 'test', clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: 'http://receiver.test/', activities: ['CONTRACT_EXECUTED'] });
}

/** What is wrong with a report; nothing when all is well. */
export function problemsOf({ differences, deadLetters }: CrashReport): readonly string[] {
  return [...differences, ...deadLetters.map(({ subject, failures }) => `${subject} was given up: ${JSON.stringify(failures)}`)];
}

export function summaryOf({
  contracts,
  copies,
  duplicates,
  lost,
  kills,
  faults,
}: Omit<CrashReport, 'differences' | 'deadLetters'>): string {
  return `contracts ${contracts}, copies ${copies}, duplicates ${duplicates}, lost ${lost}, kills ${kills}, faults ${faults}`;
}
