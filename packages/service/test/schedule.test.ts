import { expect, it } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import type { TimerStatus } from '../src/index.ts';
import { announceTimer, claimTimer, extendTimer, finishTimer } from '../src/schedule/claim-timer.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';

const quick = { everyMs: 20, days: 1 };
const only = { repair: false, longRepair: false, verify: false, purge: false } as const;

function byName(timers: readonly TimerStatus[], name: string): TimerStatus {
  const timer = timers.find((each) => each.name === name);
  if (!timer) throw new Error(`There is no timer ${name}.`);
  return timer;
}

describeOnEngines('the schedule', (engine) => {
  it('repairs by itself what webhooks did not tell, and keeps what the last run did', async () => {
    const { emulator, stores, service } = await startTestArchive(engine, { service: { schedule: { ...only, repair: quick } } });
    const { id } = emulator.state.addContract({ title: 'Lease', status: 'EXECUTED' });
    await expect.poll(() => copiesIn(stores.drive)).toEqual([id]);
    await service.idle();
    await expect.poll(async () => (await service.timers())[0]?.lastRun).toMatchObject({ looked: 1, counts: {} });
    expect(byName(await service.timers(), 'repair').nextAt.getTime()).toBeLessThan(Date.now() + 1_000);
  });

  it('runs once for all processes, and a run that was due while none ran is made up for', async () => {
    const { emulator, database: options, service, createService } = await startTestArchive(engine);
    const database = await openDatabase(options);
    await announceTimer(database.sql, 'long repair', 1);
    await database.close();
    const others = [1, 2, 3].map(() => createService({ schedule: { ...only, longRepair: { everyMs: 600_000, days: 1 } } }));
    emulator.requests.clear();
    await Promise.all(others.map((other) => other.start()));
    await expect.poll(async () => byName(await service.timers(), 'long repair').lastRun).toBeDefined();
    await Promise.all(others.map((other) => other.stop()));
    // Every run lists one window of executions.
    expect(emulator.requests.list({ where: ({ query }) => query.has('filter__execution_date[$gte]') })).toHaveLength(1);
    expect(byName(await service.timers(), 'long repair').lastRun?.failure).toBeUndefined();
  });

  it('tells why a run failed, and runs again', async () => {
    const { emulator, service } = await startTestArchive(engine, { service: { schedule: { ...only, repair: quick } } });
    const fault = emulator.faults.inject({ kind: 'status', status: 403, origin: 'api', times: Number.POSITIVE_INFINITY });
    await expect.poll(async () => (await service.timers())[0]?.lastRun?.failure).toMatchObject({ code: 'spotdraft.forbidden' });
    fault.remove();
    await expect.poll(async () => (await service.timers())[0]?.lastRun).toMatchObject({ looked: 0 });
    await expect.poll(async () => (await service.timers())[0]?.lastRun?.failure).toBeUndefined();
  });

  it('goes through all copies in so many days, a part at a time', async () => {
    const { emulator, stores, service, createService, settled } = await startTestArchive(engine);
    for (const title of ['One', 'Two', 'Three', 'Four']) emulator.state.importExecuted({ title });
    await settled();
    const roundMs = 400;
    const other = createService({ schedule: { ...only, verify: { days: roundMs / 86_400_000, everyMs: 20, requestsPerSecond: 1_000 } } });
    stores.drive.store.requests.length = 0;
    await other.start();
    const looks = (): number => stores.drive.store.requests.filter((request) => request === 'stat').length;
    await expect.poll(looks).toBeGreaterThan(0);
    expect(looks()).toBeLessThan(4);
    await expect.poll(looks).toBeGreaterThanOrEqual(4);
    expect((await service.timers()).map(({ name }) => name)).toEqual(['verify']);
  });
});

describeOnEngines('a timer', (engine) => {
  it('is taken by one process, by another when that one is not heard of, and let go by its holder only', async () => {
    const { database: options } = await startTestArchive(engine);
    const [one, other] = [await openDatabase(options), await openDatabase(options)];
    await announceTimer(one.sql, 'test', 100);
    expect(await claimTimer(one.sql, 'test', { now: 99, leaseMs: 10 })).toBeUndefined();
    const claims = await Promise.all(
      Array.from({ length: 6 }, (_, index) => claimTimer((index % 2 ? one : other).sql, 'test', { now: 100, leaseMs: 10 })),
    );
    const [first, ...further] = claims.filter((claim) => claim !== undefined);
    expect(further).toEqual([]);
    expect(await extendTimer(one.sql, first!, 120)).toBe(true);
    expect(await claimTimer(other.sql, 'test', { now: 115, leaseMs: 10 })).toBeUndefined();
    const second = await claimTimer(other.sql, 'test', { now: 121, leaseMs: 10 });
    expect(second).toBeDefined();
    expect(await extendTimer(one.sql, first!, 200)).toBe(false);
    await finishTimer(one.sql, first!, { dueAt: 0 });
    expect(await claimTimer(one.sql, 'test', { now: 122, leaseMs: 10 })).toBeUndefined();
    await finishTimer(other.sql, second!, { dueAt: 300 });
    expect(await claimTimer(one.sql, 'test', { now: 299, leaseMs: 10 })).toBeUndefined();
    await announceTimer(one.sql, 'test', 200);
    expect(await claimTimer(one.sql, 'test', { now: 200, leaseMs: 10 })).toBeDefined();
    await Promise.all([one.close(), other.close()]);
  });
});
