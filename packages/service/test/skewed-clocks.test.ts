import { expect, it, onTestFinished } from 'vitest';
import { databaseNow } from '../src/database/database-now.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { startTimer } from '../src/schedule/start-timer.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import type { TestEngine } from './test-databases.ts';

const hourMs = 3_600_000;

interface Machines {
  /** Starts the timer on a machine whose clock is wrong by so much; what it answers stops it. */
  readonly start: (skewMs: number, run: () => Promise<void>) => Promise<() => Promise<void>>;
  /** The moments that the timer's row tells, from now on. */
  readonly row: () => Promise<{ readonly dueInMs: number; readonly leaseInMs: number | undefined }>;
}

async function machinesOn(engine: TestEngine): Promise<Machines> {
  const { options, drop } = await engine.create();
  onTestFinished(drop);
  return {
    async start(skewMs, run) {
      const database = await openDatabase(options);
      const clocks = { now: () => Date.now() + skewMs, databaseNow: databaseNow(database.engine) };
      const timer = { name: 'test', everyMs: 20, run: async () => (await run(), { looked: 0, counts: {} }) };
      const loop = startTimer(timer, { database: database.sql, logger: undefined, ...clocks });
      return async () => {
        await loop.stop();
        await database.close();
      };
    },
    async row() {
      const database = await openDatabase(options);
      const { due_at: dueAt, lease_until: leaseUntil } = await database.sql
        .selectFrom('archive_timers')
        .selectAll()
        .executeTakeFirstOrThrow();
      await database.close();
      return { dueInMs: dueAt - Date.now(), leaseInMs: leaseUntil === null ? undefined : leaseUntil - Date.now() };
    },
  };
}

describeOnEngines('a timer of machines whose clocks differ', (engine) => {
  it.each([
    ['ahead', hourMs],
    ['behind', -hourMs],
  ])('is held for its lease by one that is %s, and goes on at once on one that is not', async (_name, skewMs) => {
    const { start, row } = await machinesOn(engine);
    let runs = 0;
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const stopSkewed = await start(skewMs, async () => {
      runs += 1;
      await gate;
    });
    await expect.poll(() => runs).toBe(1);
    // A server elsewhere may be some minutes off.
    expect(Math.abs((await row()).leaseInMs ?? hourMs)).toBeLessThan(hourMs / 2);
    letGo();
    await expect.poll(() => runs).toBeGreaterThan(2);
    await stopSkewed();
    expect(Math.abs((await row()).dueInMs)).toBeLessThan(hourMs / 2);

    const before = runs;
    const stopOther = await start(0, async () => {
      runs += 1;
    });
    await expect.poll(() => runs).toBeGreaterThan(before + 2);
    await stopOther();
  });
});
