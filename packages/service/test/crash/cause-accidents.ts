import { setTimeout as delay } from 'node:timers/promises';
import type { FaultAction, SpotDraftEmulator } from '@spotdraft-archive/testkit';
import { pick } from './seeded-random.ts';
import type { StoreFarm } from './store-farm.ts';
import { storeNames } from './store-messages.ts';

export interface AccidentOptions {
  readonly emulator: SpotDraftEmulator;
  readonly farm: StoreFarm;
  /** Plans the accidents. */
  readonly random: () => number;
  readonly seconds: number;
  /** How many contracts are executed meanwhile. */
  readonly contracts: number;
  /** Called many times a second. */
  readonly onTick: () => Promise<void>;
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

/**
 * Executes contracts, duplicates and reorders their webhooks, and disturbs the answers of SpotDraft and of the stores. Answers how many requests
 * met a fault.
 */
export async function causeAccidents(options: AccidentOptions): Promise<number> {
  const { emulator, farm, random, seconds, contracts, onTick } = options;
  const ticks = (seconds * 1_000) / tickMs;
  const startedAt = performance.now();
  let atSource = 0;
  for (let tick = 1; tick <= ticks; tick += 1) {
    const due = Math.round((contracts * tick) / ticks) - Math.round((contracts * (tick - 1)) / ticks);
    executeSome(due, options);
    const source = emulator.faults.inject({ ...pick(faults, random), nth: nth(random) });
    await farm.inject({ store: pick(storeNames, random), fault: { ...pick(faults, random), nth: nth(random) } });
    await delay(Math.max(startedAt + tick * tickMs - performance.now(), 0));
    await onTick();
    // What has not fired by now would hit the next one's requests as well.
    atSource += source.fired;
    source.remove();
  }
  return atSource + (await farm.endFaults());
}

function executeSome(count: number, { emulator, random }: AccidentOptions): void {
  emulator.deliveries.hold();
  for (let index = 0; index < count; index += 1) {
    if (random() < 0.3) emulator.deliveries.duplicate({ copies: 2 });
    // Few titles, so that names clash; many parties, so that folders have to be made all the time.
    const [title, party] = [`Contract ${Math.floor(random() * 20)}`, `Company ${Math.floor(random() * 200)}`];
    emulator.state.execute(emulator.state.createContract({ title, counterparties: [random() < 0.5 ? 'Contoso Limited' : party] }).id);
  }
  emulator.deliveries.release(random() < 0.5 ? 'reversed' : 'sent');
}

/** Which of the coming requests a fault befalls. */
function nth(random: () => number): number {
  return 1 + Math.floor(random() * 6);
}
