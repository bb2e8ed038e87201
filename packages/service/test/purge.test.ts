import { expect, it } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { purgeDone } from '../src/purge/purge-done.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';

describeOnEngines('a purge', (engine) => {
  it('deletes what was done long ago, and nothing that is open, dead, or proves a copy', async () => {
    const { emulator, stores, service, settled, database: options } = await startTestArchive(engine);
    emulator.state.importExecuted({ title: 'Archived' });
    await settled();
    stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY });
    const failed = emulator.state.importExecuted({ title: 'Given up' });
    await settled();

    const { sql, ...database } = await openDatabase(options);
    const rows = async () => ({
      events: (await sql.selectFrom('archive_inbox').select('done_at').execute()).map(({ done_at: doneAt }) => doneAt !== null),
      jobs: (await sql.selectFrom('archive_jobs').select('state').orderBy('state').execute()).map(({ state }) => state),
    });
    expect(await purgeDone(sql, { before: Date.now() - 3_600_000 })).toBe(0);
    const { events } = await rows();
    const done = events.filter(Boolean).length;
    expect([done, (await rows()).jobs]).toEqual([expect.any(Number), ['dead', 'done']]);
    expect(await purgeDone(sql, { before: Date.now() + 1 })).toBe(done + 1);
    expect(await rows()).toEqual({ events: events.filter((isDone) => !isDone), jobs: ['dead'] });
    await database.close();

    expect((await service.search({ text: 'Archived' }))[0]?.receipts).toHaveProperty('drive');
    expect(await service.deadLetters()).toMatchObject([{ contractId: failed.id }]);
  });

  it('deletes any number of rows page by page', async () => {
    const { options, drop } = await engine.create();
    const { sql, ...database } = await openDatabase(options);
    const row = (index: number) => ({
      delivery_id: String(index),
      activity: 'A',
      contract_number: 1,
      subject: null,
      body: null,
      received_at: 1,
      done_at: 2,
    });
    for (let page = 0; page < 5; page += 1) {
      await sql
        .insertInto('archive_inbox')
        .values(Array.from({ length: 450 }, (_, index) => row(page * 450 + index)))
        .execute();
    }
    expect(await purgeDone(sql, { before: 2 })).toBe(0);
    expect(await purgeDone(sql, { before: 3 })).toBe(2_250);
    await database.close();
    await drop();
  });

  it('does not make a webhook that comes again store anything twice', async () => {
    const { emulator, stores, service, settled, database: options } = await startTestArchive(engine);
    const { id } = emulator.state.importExecuted({ title: 'Archived' });
    await settled();
    const { sql, ...database } = await openDatabase(options);
    await purgeDone(sql, { before: Date.now() + 1 });
    await database.close();
    const copies = copiesIn(stores.drive);
    emulator.deliveries.redeliverLatest(id);
    await settled();
    expect([copiesIn(stores.drive), (await service.health()).status]).toEqual([copies, 'ok']);
  });
});
