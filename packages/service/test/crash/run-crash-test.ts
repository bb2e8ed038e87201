import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { type SpotDraftEmulator, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import type { ArchiveService, DatabaseOptions } from '../../src/index.ts';
import { createCrashService } from './create-crash-service.ts';
import { seededRandom } from './seeded-random.ts';
import type { WorkerOptions } from './worker-options.ts';
import { WorkerPool } from './worker-pool.ts';

export interface CrashTestOptions {
  readonly database: DatabaseOptions;
  readonly seconds: number;
  readonly seed: number;
}

/** What is left when the dust has settled. Copies are counted over all destinations. */
export interface CrashReport {
  readonly contracts: number;
  readonly copies: number;
  /** Copies beyond one for each contract and destination. */
  readonly duplicates: number;
  /** Copies that are missing, or whose bytes are not those of their receipt. */
  readonly lost: number;
  readonly kills: number;
  readonly faults: number;
  readonly deadLetters: number;
}

const destinationNames = ['first', 'second'];
const workers = 2;

/** Archives contracts in processes that are killed at random moments, and counts what became of them. The same seed plans the same accidents. */
export async function runCrashTest({ database, seconds, seed }: CrashTestOptions): Promise<CrashReport> {
  const random = seededRandom(seed);
  const root = await mkdtemp(join(tmpdir(), 'archive-crash-'));
  const directories = Object.fromEntries(destinationNames.map((name) => [name, join(root, name)]));
  let pool: WorkerPool | undefined;
  const emulator = await startSpotDraftEmulator({
    rateLimit: false,
    allowHttpWebhooks: true,
    webhookFailureLimit: Number.POSITIVE_INFINITY,
    webhookFetch: (_address, init) => {
      const ports = pool?.ports ?? [];
      return fetch(`http://127.0.0.1:${ports[Math.floor(random() * ports.length)] ?? 1}/`, init);
    },
  });
  const { url: baseUrl, clientId, clientSecret } = emulator;
  const options: WorkerOptions = { baseUrl, clientId, clientSecret, hmacKey: testWebhookKey, database, directories };
  const service = createCrashService(options);
  try {
    pool = new WorkerPool(options);
    await subscribe(emulator);
    const faults = await causeAccidents({ emulator, pool, random, seconds });
    await service.start();
    // What was sent while no receiver lived is lost, as SpotDraft may not send it again.
    await service.repair({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) });
    await service.idle({ signal: AbortSignal.timeout(20_000) });
    if (pool.errors !== '') throw new Error(`A worker printed errors:\n${pool.errors}`);
    return { ...(await count(service, { emulator, directories })), kills: pool.kills, faults };
  } finally {
    await pool?.stop();
    await service.stop();
    await emulator.stop();
    await rm(root, { recursive: true, force: true });
  }
}

async function subscribe({ url, clientId, clientSecret }: SpotDraftEmulator): Promise<void> {
  const spotdraft = createSpotDraftClient({ baseUrl: url, source: 'test', clientId, clientSecret });
  await spotdraft.webhooks.create({ title: 'archive', url: 'http://receiver.test/', activities: ['CONTRACT_EXECUTED'] });
}

interface Accidents {
  readonly emulator: SpotDraftEmulator;
  readonly pool: WorkerPool;
  readonly random: () => number;
  readonly seconds: number;
}

/** Executes contracts, disturbs their webhooks and SpotDraft's answers, and kills workers, for so many seconds. Answers how many faults fired. */
async function causeAccidents({ emulator, pool, random, seconds }: Accidents): Promise<number> {
  await Promise.all(Array.from({ length: workers }, (_, place) => pool.replace(place)));
  while (pool.ports.length === 0) await delay(20);

  const faults: { readonly fired: number }[] = [];
  const until = performance.now() + seconds * 1_000;
  let killAt = performance.now() + 300;
  while (performance.now() < until) {
    emulator.deliveries.hold();
    for (let index = 0; index < 2; index += 1) {
      if (random() < 0.3) emulator.deliveries.duplicate({ copies: 2 });
      emulator.state.execute(emulator.state.createContract({ title: `Contract ${Math.floor(random() * 20)}` }).id);
    }
    emulator.deliveries.release(random() < 0.5 ? 'reversed' : 'sent');
    const kinds = [
      { kind: 'status', status: 429 },
      { kind: 'status', status: 500 },
      { kind: 'loseReply' },
      { kind: 'cutResponse', afterBytes: 20 },
    ] as const;
    const kind = kinds[Math.floor(random() * kinds.length)] ?? kinds[0];
    faults.push(emulator.faults.inject({ ...kind, nth: 1 + Math.floor(random() * 4) }));
    await delay(100 + random() * 150);
    if (performance.now() < killAt) continue;
    await pool.replace(Math.floor(random() * workers));
    killAt = performance.now() + 200 + random() * 900;
  }
  await emulator.deliveries.settled();
  emulator.faults.clear();
  return faults.reduce((sum, { fired }) => sum + fired, 0);
}

interface Place {
  readonly emulator: SpotDraftEmulator;
  readonly directories: Readonly<Record<string, string>>;
}

async function count(service: ArchiveService, { emulator, directories }: Place): Promise<Omit<CrashReport, 'kills' | 'faults'>> {
  const contracts = emulator.state.contracts.filter(({ status }) => status === 'EXECUTED');
  let [copies, lost] = [0, 0];
  for (const [name, directory] of Object.entries(directories)) {
    const entries = await readdir(directory, { recursive: true });
    copies += entries.filter((entry) => entry.endsWith('.pdf')).length;
    for (const { id } of contracts) {
      const receipt = (await service.status(id)).receipts[name];
      if (!receipt || (await sha256Of(join(directory, receipt.path))) !== receipt.sha256) lost += 1;
    }
  }
  const expected = contracts.length * destinationNames.length;
  const deadLetters = (await service.deadLetters()).length;
  return { contracts: contracts.length, copies, duplicates: Math.max(copies - (expected - lost), 0), lost, deadLetters };
}

async function sha256Of(file: string): Promise<string | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
