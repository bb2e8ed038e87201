import { DestinationError } from '@spotdraft-archive/core/destination';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../src/database/open-database.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { quickJobs, startTestArchive } from './test-archive.ts';

const fullDrive = new DestinationError('The drive is full.', {
  code: 'destination.quota_exceeded',
  recovery: 'operator',
  hint: 'Make room.',
});
const forever = { times: Number.POSITIVE_INFINITY };

function get(handler: (request: Request) => Promise<Response>, method = 'GET'): Promise<Response> {
  return handler(new Request('http://archive.test/health', { method }));
}

describeOnEngines('health', (engine) => {
  it('is ok while nothing waits for a person, and tells when the newest webhook came', async () => {
    const { emulator, service, settled } = await startTestArchive(engine);
    expect(await service.health()).toMatchObject({ status: 'ok', parked: [], lastEventAt: undefined });
    const before = Date.now();
    emulator.state.execute(emulator.state.createContract({ title: 'NDA' }).id);
    await settled();
    const health = await service.health();
    expect(health).toEqual({
      status: 'ok',
      jobs: { waiting: 0, running: 0, parked: 0, dead: 0 },
      parked: [],
      oldestOpenEventAt: undefined,
      lastEventAt: expect.any(Date),
      timers: [],
    });
    expect(health.status !== 'down' && health.lastEventAt?.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('asks for attention, and answers 200, when a destination is parked or a contract was given up', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    stores.box.store.faults.inject({ ...forever, error: fullDrive });
    emulator.state.execute(emulator.state.createContract({ title: 'NDA' }).id);
    await settled();
    const response = await get(service.healthHandler);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      status: 'attention',
      jobs: { waiting: 0, running: 0, parked: 1, dead: 0 },
      parked: [{ name: 'box', code: 'destination.quota_exceeded', since: expect.any(String) }],
      oldestOpenEventAt: expect.any(String),
      lastEventAt: expect.any(String),
      timers: [],
    });

    const attempts = { ...quickJobs, attempts: 1 };
    const other = await startTestArchive(engine, { service: { jobs: attempts } });
    other.stores.box.store.faults.inject(forever);
    await other.service.archive(other.emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }).id);
    expect(await other.service.health()).toMatchObject({ status: 'attention', jobs: { dead: 1 } });
  });

  it('asks for attention when repair cannot run without a person, and tells what it found when it can', async () => {
    const schedule = { repair: { everyMs: 20, days: 1 }, longRepair: false, verify: false, purge: false } as const;
    const { emulator, service } = await startTestArchive(engine, { service: { schedule } });
    const fault = emulator.faults.inject({ ...forever, kind: 'status', status: 403 });
    await expect
      .poll(() => service.health())
      .toMatchObject({ status: 'attention', timers: [{ lastRun: { failure: { code: 'spotdraft.forbidden' } } }] });
    fault.remove();
    emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await expect
      .poll(() => service.health())
      .toMatchObject({ status: 'ok', timers: expect.arrayContaining([expect.objectContaining({ name: 'repair' })]) });
  });

  it('is down, and answers 503, before the start and after the stop', async () => {
    const { createService, service } = await startTestArchive(engine);
    expect(await createService().health()).toEqual({ status: 'down', code: 'ledger.unavailable' });
    await service.stop();
    expect((await get(service.healthHandler)).status).toBe(503);
    expect(await (await get(service.healthHandler)).json()).toEqual({ status: 'down', code: 'ledger.unavailable' });
  });

  it('is down, and answers 503, while the database fails', async () => {
    const { service, database } = await startTestArchive(engine);
    expect((await get(service.healthHandler)).status).toBe(200);
    const sql = connect(database);
    onTestFinished(() => sql.destroy());
    await sql.schema.alterTable('archive_parked').renameTo('archive_away').execute();
    const response = await get(service.healthHandler);
    expect([response.status, await response.json()]).toEqual([503, { status: 'down', code: 'ledger.unavailable' }]);
    await sql.schema.alterTable('archive_away').renameTo('archive_parked').execute();
    expect((await get(service.healthHandler)).status).toBe(200);
  });

  it('answers HEAD without a body, and no other method', async () => {
    const { service } = await startTestArchive(engine);
    const head = await get(service.healthHandler, 'HEAD');
    expect([head.status, await head.text(), head.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
    const post = await get(service.healthHandler, 'POST');
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
