import { setTimeout as delay } from 'node:timers/promises';
import { pick } from './seeded-random.ts';
import type { StoreFarm } from './store-farm.ts';
import { storeNames } from './store-messages.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface KillOptions {
  readonly farm: StoreFarm;
  readonly pool: WorkerPool;
  /** Chooses whom, and when. */
  readonly random: () => number;
  readonly seconds: number;
  /** How long a process sleeps before others have taken its jobs for sure, in milliseconds. */
  readonly sleepMs: number;
}

const trapMs = 600;
/** Every so many seconds a process is also put to sleep. */
const sleepEverySeconds = 4;

/**
 * Kills a process every second: one at whatever it does, or the one whose request comes to a store next, just before or just after the store
 * has done its part. Now and then a process falls asleep in the middle of a request, and goes on when its jobs have long been taken over.
 */
export async function killProcesses(options: KillOptions): Promise<void> {
  const { seconds } = options;
  const startedAt = performance.now();
  for (let second = 1; second <= seconds; second += 1) {
    await delay(Math.max(startedAt + second * 1_000 - performance.now(), 0));
    const sleeps = second % sleepEverySeconds === 2;
    await Promise.all([killOne(options), sleeps && putOneToSleep(options)]);
  }
}

async function killOne({ farm, pool, random }: KillOptions): Promise<void> {
  const phase = pick(['before-effect', 'after-effect'] as const, random);
  const [store, isAtStep] = [pick(storeNames, random), random() < 0.6];
  if (isAtStep && (await farm.trap({ store, phase, signal: 'SIGKILL', waitMs: trapMs })) !== undefined) return;
  const alive = [...pool.ports.keys()];
  if (alive.length > 0) await pool.replace(pick(alive, random));
}

/** In Drive, where a copy has no name of its own: only what the ledger lets through keeps a second one away. */
async function putOneToSleep({ farm, pool, sleepMs }: KillOptions): Promise<void> {
  const caught = await farm.trap({ store: 'drive', phase: 'before-effect', signal: 'SIGSTOP', waitMs: trapMs });
  if (caught !== undefined) pool.putToSleep(caught, sleepMs);
}
