import { setTimeout as delay } from 'node:timers/promises';
import type { FaultAction, SpotDraftEmulator } from '@spotdraft-archive/testkit';
import type { StoreFarm } from './store-farm.ts';
import { storeNames } from './store-messages.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface AccidentOptions {
  readonly emulator: SpotDraftEmulator;
  readonly farm: StoreFarm;
  readonly pool: WorkerPool;
  /** Plans the accidents. */
  readonly random: () => number;
  readonly seconds: number;
  /** How many contracts are executed meanwhile. */
  readonly contracts: number;
}

const faults: readonly FaultAction[] = [
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'loseReply' },
  { kind: 'cutRequest', afterBytes: 500 },
  { kind: 'cutResponse', afterBytes: 20 },
];

const tickMs = 200;
const killEveryMs = 1_000;

/**
 * Executes contracts, duplicates and reorders their webhooks, disturbs the answers of SpotDraft and of the stores, and kills a process every
 * second. Answers how many requests met a fault.
 */
export async function causeAccidents(options: AccidentOptions): Promise<number> {
  const { emulator, farm, pool, random, seconds, contracts } = options;
  const ticks = (seconds * 1_000) / tickMs;
  const startedAt = performance.now();
  let killAt = startedAt + killEveryMs;
  let atSource = 0;
  for (let tick = 1; tick <= ticks; tick += 1) {
    const due = Math.round((contracts * tick) / ticks) - Math.round((contracts * (tick - 1)) / ticks);
    executeSome(due, options);
    const source = emulator.faults.inject({ ...pick(faults, random), nth: nth(random) });
    await farm.inject(pick(storeNames, random), { ...pick(faults, random), nth: nth(random) });
    await delay(Math.max(startedAt + tick * tickMs - performance.now(), 0));
    // What has not fired by now would hit the next one's requests as well.
    atSource += source.fired;
    source.remove();
    const alive = [...pool.ports.keys()];
    // One that is only starting has nothing to lose.
    if (performance.now() < killAt || alive.length === 0) continue;
    await pool.replace(pick(alive, random));
    killAt = performance.now() + killEveryMs;
  }
  await emulator.deliveries.settled();
  return atSource + (await farm.endFaults());
}

function executeSome(count: number, { emulator, random }: AccidentOptions): void {
  emulator.deliveries.hold();
  for (let index = 0; index < count; index += 1) {
    if (random() < 0.3) emulator.deliveries.duplicate({ copies: 2 });
    emulator.state.execute(emulator.state.createContract({ title: `Contract ${Math.floor(random() * 20)}` }).id);
  }
  emulator.deliveries.release(random() < 0.5 ? 'reversed' : 'sent');
}

/** Which of the coming requests a fault befalls. */
function nth(random: () => number): number {
  return 1 + Math.floor(random() * 6);
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to choose from.');
  return item;
}
