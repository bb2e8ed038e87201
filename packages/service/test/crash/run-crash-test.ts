import { setTimeout as delay } from 'node:timers/promises';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { type SpotDraftEmulator, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import type { ArchiveService, DatabaseOptions, DeadLetter } from '../../src/index.ts';
import { causeAccidents } from './cause-accidents.ts';
import { type CopyCounts, countCopies } from './count-copies.ts';
import { createCrashService, takeoverMs } from './create-crash-service.ts';
import { type InboxWatch, watchInbox } from './inbox-watch.ts';
import { killProcesses } from './kill-processes.ts';
import { createReceiver } from './receiver.ts';
import { seededRandom } from './seeded-random.ts';
import { StoreFarm } from './store-farm.ts';
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
  /** The part of the time in which two processes lived, from 0 to 1. */
  readonly bothAlive: number;
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
  const farm = await StoreFarm.start();
  let pool: WorkerPool | undefined;
  const receiver = createReceiver({ ports: () => [...(pool?.ports.values() ?? [])], random: seededRandom(seed + 1) });
  const emulator = await startSpotDraftEmulator({
    rateLimit: false,
    // Then the bytes alone do not tell a copy whose receipt was lost.
    rerendersPdf: seed % 2 === 1,
    allowHttpWebhooks: true,
    webhookFailureLimit: Number.POSITIVE_INFINITY,
    webhookFetch: receiver.fetch,
  });
  const { url: baseUrl, clientId, clientSecret } = emulator;
  const options = { baseUrl, clientId, clientSecret, hmacKey: testWebhookKey, database, stores: farm.addresses };
  const service = createCrashService(options);
  const inbox = watchInbox(database);
  try {
    pool = await WorkerPool.open(options);
    await fill(pool);
    await subscribe(emulator);
    const aliveAtTicks: number[] = [];
    const onTick = async (): Promise<void> => {
      aliveAtTicks.push(pool?.ports.size ?? 0);
      await inbox.look();
    };
    const contracts = Math.ceil(seconds * contractsPerSecond);
    const [faults] = await Promise.all([
      causeAccidents({ emulator, farm, random: seededRandom(seed), seconds, contracts, onTick }),
      killProcesses({ farm, pool, random: seededRandom(seed + 2), seconds, sleepMs: takeoverMs(database) }),
    ]);
    await pool.allAwake();
    await emulator.deliveries.settled();
    await service.start();
    await service.idle({ signal: AbortSignal.timeout(settleMs) });
    const broken = await brokenPromises(service, { accepted: receiver.accepted, inbox });
    // What was sent while no receiver lived is lost, as SpotDraft may not send it again.
    await service.repair({ from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 60_000) });
    await service.idle({ signal: AbortSignal.timeout(settleMs) });
    if (pool.errors !== '') throw new Error(`A worker printed errors:\n${pool.errors}`);
    const { lost, differences, ...counts } = await countCopies(service, { emulator, farm });
    return {
      ...counts,
      lost: lost + broken.length,
      differences: [...differences, ...broken],
      kills: pool.kills,
      faults,
      bothAlive: aliveAtTicks.filter((alive) => alive === workers).length / aliveAtTicks.length,
      deadLetters: await service.deadLetters(),
    };
  } finally {
    await pool?.stop();
    await inbox.close();
    await service.stop();
    await emulator.stop();
    await farm.stop();
  }
}

async function fill(pool: WorkerPool): Promise<void> {
  for (let place = 0; place < workers; place += 1) await pool.replace(place);
  while (pool.ports.size < workers) await delay(20);
}

async function subscribe({ url, clientId, clientSecret }: SpotDraftEmulator): Promise<void> {
  const spotdraft = createSpotDraftClient({ baseUrl: url, source: 'test', clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: 'http://receiver.test/', activities: ['CONTRACT_EXECUTED'] });
}

interface Promises {
  readonly accepted: ReadonlySet<number>;
  readonly inbox: InboxWatch;
}

/** What was accepted and not done, before any repair. */
async function brokenPromises(service: ArchiveService, { accepted, inbox }: Promises): Promise<readonly string[]> {
  const broken = [...inbox.seen];
  for (const number of accepted) {
    const { state } = await service.status(`T-${number}`);
    if (state !== 'archived') broken.push(`T-${number} was accepted, and is ${state}`);
  }
  const open = await inbox.countOpen();
  return open === 0 ? broken : [...broken, `${open} events are not done, and nothing is being done about them`];
}

/** What is wrong with a report; nothing when all is well. */
export function problemsOf({ differences, deadLetters }: CrashReport): readonly string[] {
  return [...differences, ...deadLetters.map(({ subject, failures }) => `${subject} was given up: ${JSON.stringify(failures)}`)];
}

export type Totals = Pick<CrashReport, 'contracts' | 'copies' | 'duplicates' | 'lost' | 'kills' | 'faults'>;

export function summaryOf({ contracts, copies, duplicates, lost, kills, faults }: Totals): string {
  return `contracts ${contracts}, copies ${copies}, duplicates ${duplicates}, lost ${lost}, kills ${kills}, faults ${faults}`;
}
