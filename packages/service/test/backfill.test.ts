import { defineLayout } from '@spotdraft-archive/core';
import { expect, it } from 'vitest';
import type { BackfillProgress } from '../src/index.ts';
import { backfill } from '../src/repair/backfill.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';
import { openTestQueue } from './test-queue.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };
const on = (day: number): Date => new Date(Date.UTC(2026, 2, day, 9));
const nothing = { listed: 0, alreadyArchived: 0, alreadyEnqueued: 0, enqueued: 0, toWriteBack: 0, unresolved: 0 };

describeOnEngines('a backfill', (engine) => {
  it('archives the history in two requests a contract, and costs only lists when it is repeated', async () => {
    const { emulator, stores, service } = await startTestArchive(engine);
    const ids = Array.from({ length: 30 }, (_, index) => {
      const contract = { title: `Old contract ${index}`, status: 'EXECUTED', executedAt: on(1 + index) } as const;
      return emulator.state.addContract(index % 10 === 0 ? { ...contract, id: `H-${index + 1}` } : contract).id;
    });
    emulator.requests.clear();
    const progress: Date[] = [];
    expect(await service.backfill({ ...march, onProgress: ({ through }) => progress.push(through) })).toEqual({
      ...nothing,
      listed: 30,
      enqueued: 30,
    });
    await service.idle();
    expect(copiesIn(stores.box)).toEqual(ids.toSorted());
    expect(progress.at(-1)?.toISOString()).toBe('2026-03-31T23:59:59.999Z');
    // Five weeks, a look for those without a date, and for each contract a link and the date of its execution, which the native layout asks for.
    expect(emulator.requests.list({ origin: 'api' }).length).toBeLessThanOrEqual(5 + 1 + 30 * 2);

    emulator.requests.clear();
    expect(await service.backfill(march)).toEqual({ ...nothing, listed: 30, alreadyArchived: 30 });
    expect(emulator.requests.list()).toHaveLength(5 + 1);
  });

  it('asks for a date of those alone that it did not see by their date', async () => {
    const { emulator, stores, database, spotdraft, service } = await startTestArchive(engine);
    for (let index = 0; index < 150; index += 1)
      emulator.state.addContract({
        title: 'Signed',
        status: 'EXECUTED',
        createdAt: on(1 + (index % 30)),
        executedAt: on(1 + (index % 30)),
      });
    emulator.state.addContract({ title: 'Signed in April', status: 'EXECUTED', createdAt: on(3), executedAt: on(40) });
    await service.stop();
    const { store, close } = await openTestQueue(database);
    const survey = { database: store.sql, queue: store.queue, spotdraft, destinations: stores, now: Date.now, wake: () => {} };
    emulator.requests.clear();
    await backfill(march, survey);
    await close();
    // Five weeks, two pages of those that were created, one question for the one that is left.
    expect(emulator.requests.count({ origin: 'api' })).toBe(5 + 2 + 1);
  });

  it('can be interrupted by a signal', async () => {
    const { emulator, service } = await startTestArchive(engine);
    emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', executedAt: on(3) });
    const stopping = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => stopping.abort(reason);
    await expect(service.backfill({ ...march, onProgress, signal: stopping.signal })).rejects.toBe(reason);
  });

  it('costs one request a contract when the layout needs no more, also when lists show numbers alone', async () => {
    const service = { layout: defineLayout('{contractId}') };
    for (const listIds of ['composite', 'number'] as const) {
      const archive = await startTestArchive(engine, { service, emulator: { listIds } });
      const ids = Array.from(
        { length: 20 },
        () => archive.emulator.state.addContract({ title: 'Old', status: 'EXECUTED', executedAt: on(5) }).id,
      );
      archive.emulator.requests.clear();
      await archive.service.backfill(march);
      await archive.service.idle();
      expect(copiesIn(archive.stores.drive)).toEqual(ids.toSorted());
      const asked = archive.emulator.requests.count({ origin: 'api' });
      // A number is resolved by the status of the T contract and a list of both.
      expect(asked).toBeLessThanOrEqual(5 + 1 + 20 * (listIds === 'composite' ? 1 : 3));
      archive.emulator.requests.clear();
      expect(await archive.service.backfill(march)).toEqual({ ...nothing, listed: 20, alreadyArchived: 20 });
      expect((await archive.service.repair(march)).findings).toEqual([]);
      expect(archive.emulator.requests.count({ origin: 'api' })).toBeLessThanOrEqual(5 + 1 + 6 + 31 + 20);
    }
  });

  it('archives contracts without a date of execution by the date of their creation, and leaves dated ones to their own range', async () => {
    const { emulator, stores, service } = await startTestArchive(engine);
    const undated = ['T-1', 'H-1', 'H-2'].map((id) => emulator.state.addContract({ title: id, id, status: 'EXECUTED', createdAt: on(3) }));
    for (const contract of undated) contract.executedAt = undefined;
    emulator.state.addContract({ title: 'Signed in April', id: 'H-3', status: 'EXECUTED', createdAt: on(3), executedAt: on(40) });
    const { id } = emulator.state.addContract({
      title: 'Signed in March',
      id: 'T-2',
      status: 'EXECUTED',
      createdAt: on(3),
      executedAt: on(4),
    });
    expect(await service.backfill(march)).toEqual({ ...nothing, listed: 4, enqueued: 4 });
    await service.idle();
    expect(copiesIn(stores.drive)).toEqual(['H-1', 'H-2', 'T-1', id]);
  });

  it('that begins again where it was interrupted has left nothing out, and asks for no job twice', async () => {
    const { emulator, stores, spotdraft, database, service } = await startTestArchive(engine);
    const halfYear = { from: march.from, to: '2026-08-31' };
    const ids = [2, 9, 40, 100, 120].map(
      (day) => emulator.state.addContract({ title: `${day}`, status: 'EXECUTED', executedAt: on(day) }).id,
    );
    const undated = emulator.state.addContract({ title: 'Undated', id: 'H-9', status: 'EXECUTED', createdAt: on(2) });
    undated.executedAt = undefined;
    // A process that works on no job.
    await service.stop();
    const { store, close } = await openTestQueue(database);
    const survey = { database: store.sql, queue: store.queue, spotdraft, destinations: stores, now: Date.now, wake: () => {} };
    const stopping = new AbortController();
    const seen: BackfillProgress[] = [];
    const onProgress = (progress: BackfillProgress): void => {
      seen.push(progress);
      if (progress.listed === 4) stopping.abort(new Error('killed'));
    };
    await expect(backfill({ ...halfYear, onProgress, signal: stopping.signal }, survey)).rejects.toThrow('killed');
    // Within a quarter there is no telling what lies before: contracts without a date are looked for at its end.
    expect(new Set(seen.slice(0, -1).map(({ through }) => through.toISOString()))).toEqual(new Set(['2026-03-01T00:00:00.000Z']));
    const rest = await backfill({ ...halfYear, from: seen.at(-1)!.through }, survey);
    expect(rest.enqueued).toBe(2);
    expect(await backfill(halfYear, survey)).toEqual({ ...nothing, listed: 6, alreadyEnqueued: 6 });
    await close();
    await service.start();
    await service.idle();
    expect(copiesIn(stores.drive)).toEqual([...ids, undated.id].toSorted());
  });

  it('lists a contract that was executed at the border of two windows, to the microsecond, and counts it once', async () => {
    const { emulator, service } = await startTestArchive(engine);
    const border = Date.UTC(2026, 2, 8);
    for (const executedAt of [border - 0.5, border]) {
      const contract = emulator.state.addContract({ title: 'Border', status: 'EXECUTED' });
      contract.executedAt = executedAt;
    }
    expect(await service.completeness(march)).toMatchObject({ executed: 2 });
    expect(await service.backfill(march)).toMatchObject({ listed: 2, enqueued: 2 });
    await service.idle();
  });

  it.each([
    ['a day', '2026-03-31', Date.UTC(2026, 3, 1)],
    ['a moment', new Date(Date.UTC(2026, 2, 31, 12)), Date.UTC(2026, 2, 31, 12) + 1],
  ])('that ends with %s has all of its last millisecond, and nothing after it', async (_name, to, after) => {
    const { emulator, service } = await startTestArchive(engine);
    for (const [id, executedAt] of [
      ['T-1', after - 0.001],
      ['T-2', after],
    ] as const)
      emulator.state.addContract({ title: id, id, status: 'EXECUTED' }).executedAt = executedAt;
    const range = { from: march.from, to };
    expect(await service.completeness(range)).toMatchObject({ executed: 1, exceptions: [{ contractId: 'T-1' }] });
    expect(await service.backfill(range)).toMatchObject({ listed: 1, enqueued: 1 });
    await service.idle();
    expect((await service.status('T-1')).state).toBe('archived');
  });
});
