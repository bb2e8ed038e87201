import { DestinationError } from '@spotdraft-archive/core/destination';
import { contractPdf } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { markContract } from '../src/contracts/mark-contract.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';

const march = { from: '2026-03-01', to: '2026-03-31' };
const on = (day: number): Date => new Date(Date.UTC(2026, 2, day, 9));

describeOnEngines('repair', (engine) => {
  it('finds and archives all, and only, the contracts whose webhooks were lost', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const contracts = Array.from({ length: 24 }, (_, index) => emulator.state.createContract({ title: `Contract ${index}` }).id);
    // The receiver is down for a part of the time.
    emulator.deliveries.drop({ where: ({ activity }) => activity === 'CONTRACT_EXECUTED', times: 14 });
    for (const [index, id] of contracts.entries()) emulator.state.execute(id, { at: on(1 + index) });
    await settled();
    expect(copiesIn(stores.drive)).toHaveLength(10);

    const plan = await service.repair({ ...march, dryRun: true });
    expect(plan).toMatchObject({ looked: 24, isApplied: false });
    expect(plan.findings.map(({ contractId }) => contractId).toSorted()).toEqual(contracts.slice(0, 14).toSorted());
    expect(plan.findings[0]).toMatchObject({ kind: 'missing', destinations: ['drive', 'box'], action: 'archive' });
    expect(copiesIn(stores.drive)).toHaveLength(10);

    emulator.requests.clear();
    expect((await service.repair(march)).findings).toHaveLength(14);
    await settled();
    expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([contracts.toSorted(), contracts.toSorted()]);
    const requests = emulator.requests.list({ origin: 'api' });
    const lists = requests.filter(({ path }) => path.endsWith('/contracts/'));
    console.log(`repair of 14 contracts in 31 days: ${requests.length} requests to SpotDraft, ${lists.length} of them lists`);
    // 5 weeks of executions, 31 days of updates, and for each contract a link that tells its version, and its job's link and date of execution.
    expect(lists.length).toBeLessThanOrEqual(5 + 31);
    expect(requests.length - lists.length).toBeLessThanOrEqual(14 * 3);

    expect((await service.repair(march)).findings).toEqual([]);
  });

  it('names what was begun and is unfinished, and leaves a dead letter to a person', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const refused = new DestinationError('The name is refused.', { code: 'destination.name_rejected', recovery: 'never' });
    const fault = stores.box.store.faults.inject({ request: 'create', times: Number.POSITIVE_INFINITY, error: refused });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', executedAt: on(5) });
    await service.archive(id);
    fault.remove();
    const finding = { kind: 'unfinished', contractId: id, destinations: ['box'], action: 'none', reason: 'Its job is dead.' };
    expect((await service.repair(march)).findings).toEqual([finding]);
    await service.redrive(id);
    await settled();
    expect((await service.repair(march)).findings).toEqual([]);
  });
});

describeOnEngines('a repair of a range', (engine) => {
  it('looks a day beyond both ends, as SpotDraft does not say in which time zone its dates are', async () => {
    const { emulator, service } = await startTestArchive(engine);
    const executed = [new Date(Date.UTC(2026, 1, 28, 1)), new Date(Date.UTC(2026, 3, 1, 23)), new Date(Date.UTC(2026, 1, 27, 23)), on(33)];
    const ids = executed.map(
      (executedAt) => emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', createdAt: on(-99), executedAt }).id,
    );
    const { findings } = await service.repair({ ...march, dryRun: true });
    expect(findings.map(({ contractId }) => contractId).toSorted()).toEqual(ids.slice(0, 2).toSorted());
  });

  it('finds by its last update what has no date of execution', async () => {
    const { emulator, service } = await startTestArchive(engine);
    const contract = emulator.state.addContract({ title: 'Imported', id: 'H-7', status: 'EXECUTED', createdAt: on(-99) });
    Object.assign(contract, { executedAt: undefined, updatedAt: on(7).getTime() });
    expect((await service.repair({ ...march, dryRun: true })).findings).toMatchObject([{ kind: 'missing', contractId: 'H-7' }]);
  });

  it('asks for a newer version again when the contract was archived so shortly afterwards that clocks may be the reason', async () => {
    const { emulator, database: options, service } = await startTestArchive(engine);
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    emulator.deliveries.drop();
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'NDA, amended', parties: ['A', 'B'] }) });
    const database = await openDatabase(options);
    const range = { from: new Date(Date.now() - 86_400_000), to: new Date(), dryRun: true };
    const findingsWhenArchived = async (minutes: number) => {
      const archivedAt = range.to.getTime() + minutes * 60_000;
      await database.sql.updateTable('archive_contracts').set({ archived_at: archivedAt }).execute();
      return (await service.repair(range)).findings.map(({ kind }) => kind);
    };
    expect(await findingsWhenArchived(10)).toEqual(['outdated version']);
    expect(await findingsWhenArchived(30)).toEqual([]);
    await database.close();
  });

  it('tells once of a contract that it meets by its execution and by its update, here one that SpotDraft lists again', async () => {
    const { emulator, database: options, service } = await startTestArchive(engine);
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    await service.archive(id);
    const database = await openDatabase(options);
    await database.sql.transaction().execute((transaction) => markContract(transaction, { contractId: id, sourceState: 'DELETED' }));
    await database.close();
    const today = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 60_000) };
    const finding = { kind: 'gone at the source', contractId: id, found: { sourceState: 'EXECUTED' }, action: 'mark index' };
    expect((await service.repair({ ...today, dryRun: true })).findings).toMatchObject([finding]);
    expect((await service.repair(today)).findings).toMatchObject([finding]);
    expect([(await service.status(id)).sourceState, (await service.repair(today)).findings]).toEqual(['EXECUTED', []]);
  });
});

describeOnEngines('completeness', (engine) => {
  it('is a sentence and its data', async () => {
    const { emulator, stores, service } = await startTestArchive(engine);
    const [first, second] = [1, 2].map((day) => emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', executedAt: on(day) }));
    await service.archive(first!.id);
    stores.box.store.faults.inject({ error: new DestinationError('Full.', { code: 'destination.quota_exceeded', recovery: 'operator' }) });
    await service.archive(second!.id);
    expect(await service.completeness(march)).toEqual({
      sentence: `2 contracts executed between 2026-03-01 and 2026-03-31, 2 archived and verified in drive, 1 in box; exceptions: ${second!.id}.`,
      executed: 2,
      undated: 0,
      archived: { drive: 2, box: 1 },
      unrouted: 0,
      isComplete: false,
      exceptionCount: 1,
      exceptions: [{ contractId: second!.id, destinations: ['box'], job: 'parked' }],
      oldest: { contractId: second!.id, executedAt: on(2), ageMs: expect.any(Number) },
    });
    await service.resume();
    await service.idle();
    expect(await service.completeness(march)).toMatchObject({
      isComplete: true,
      sentence: '2 contracts executed between 2026-03-01 and 2026-03-31, 2 archived and verified in each destination; no exceptions.',
      oldest: undefined,
    });
  });

  it('names the contract that was executed first of those that are not archived, and when', async () => {
    const { emulator, service } = await startTestArchive(engine);
    for (const day of [12, 4, 3, 5])
      emulator.state.addContract({ title: `Day ${day}`, id: `T-${day}`, status: 'EXECUTED', executedAt: on(day) });
    emulator.requests.clear();
    const { oldest } = await service.completeness(march);
    expect(oldest).toMatchObject({ contractId: 'T-3', executedAt: on(3) });
    expect(oldest?.ageMs).toBeGreaterThanOrEqual(Date.now() - on(3).getTime() - 60_000);
    // Five weeks, a look for those without a date, and the dates of the three in the first of them.
    expect(emulator.requests.list()).toHaveLength(5 + 1 + 3);
  });

  it('refuses a range that is none', async () => {
    const { service } = await startTestArchive(engine);
    await expect(service.completeness({ from: '2026-02-01', to: '2026-01-01' })).rejects.toMatchObject({ code: 'config.invalid_option' });
    await expect(service.repair({ from: 'soon', to: '2026-01-01' })).rejects.toMatchObject({ details: { option: 'from' } });
  });
});
