import { expect, it } from 'vitest';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };
const on = (day: number): Date => new Date(Date.UTC(2026, 2, day, 9));

/** Lists show numbers alone, T-7 and H-7 have one title and no reference, and beside them there is a contract that is clear. */
async function archiveWithTwins(engine: TestEngine): Promise<TestArchive> {
  const archive = await startTestArchive(engine, { emulator: { listIds: 'number' } });
  const twin = { title: 'NDA', status: 'EXECUTED', referenceId: null } as const;
  archive.emulator.state.addContract({ ...twin, id: 'T-7', createdAt: on(1), executedAt: on(2) });
  archive.emulator.state.addContract({ ...twin, id: 'H-7', createdAt: on(2), executedAt: on(3) });
  archive.emulator.state.addContract({ title: 'Lease', id: 'T-8', status: 'EXECUTED', executedAt: on(4) });
  return archive;
}

describeOnEngines('contracts that lists show by a number which two of them share', (engine) => {
  it('are findings of a repair that mends everything else, until a person has archived them by their ids', async () => {
    const { stores, service } = await archiveWithTwins(engine);
    const finding = { kind: 'unresolved', contractId: '7', destinations: [], action: 'none', reason: expect.stringContaining('H-7') };
    const { looked, counts, findings } = await service.repair(march);
    expect(findings.filter(({ kind }) => kind === 'unresolved')).toEqual([finding, finding]);
    expect([looked, counts]).toEqual([3, { missing: 1, unresolved: 2 }]);
    await service.idle();
    expect(copiesIn(stores.drive)).toEqual(['T-8']);

    for (const id of ['T-7', 'H-7']) await service.archive(id);
    expect((await service.repair(march)).findings).toEqual([]);
    expect(copiesIn(stores.drive)).toEqual(['H-7', 'T-7', 'T-8']);
  });

  it('are exceptions of completeness, and counted by a backfill that archives the others', async () => {
    const { stores, service } = await archiveWithTwins(engine);
    expect(await service.backfill(march)).toMatchObject({ listed: 3, enqueued: 1, unresolved: 2 });
    await service.idle();
    expect(copiesIn(stores.box)).toEqual(['T-8']);
    const exception = { contractId: '7', destinations: ['drive', 'box'], job: 'none' };
    expect(await service.completeness(march)).toMatchObject({ executed: 3, isComplete: false, exceptions: [exception, exception] });

    for (const id of ['T-7', 'H-7']) await service.archive(id);
    expect(await service.completeness(march)).toMatchObject({ executed: 3, isComplete: true });
    expect(await service.backfill(march)).toMatchObject({ listed: 3, alreadyArchived: 3, unresolved: 0 });
  });
});
