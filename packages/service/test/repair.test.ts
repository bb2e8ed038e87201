import { DestinationError } from '@spotdraft-archive/core/destination';
import { expect, it } from 'vitest';
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
      archived: { drive: 2, box: 1 },
      unrouted: 0,
      isComplete: false,
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
    // Five weeks, and the dates of the three in the first of them.
    expect(emulator.requests.list()).toHaveLength(5 + 3);
  });

  it('refuses a range that is none', async () => {
    const { service } = await startTestArchive(engine);
    await expect(service.completeness({ from: '2026-02-01', to: '2026-01-01' })).rejects.toMatchObject({ code: 'config.invalid_option' });
    await expect(service.repair({ from: 'soon', to: '2026-01-01' })).rejects.toMatchObject({ details: { option: 'from' } });
  });
});

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
      listed: 30,
      alreadyArchived: 0,
      enqueued: 30,
    });
    await service.idle();
    expect(copiesIn(stores.box)).toEqual(ids.toSorted());
    expect(progress.at(-1)?.toISOString()).toBe('2026-03-31T23:59:59.999Z');
    // Five weeks, and for each contract a link and the date of its execution, which the native layout asks for.
    expect(emulator.requests.list({ origin: 'api' }).length).toBeLessThanOrEqual(5 + 30 * 2);

    emulator.requests.clear();
    expect(await service.backfill(march)).toEqual({ listed: 30, alreadyArchived: 30, enqueued: 0 });
    expect(emulator.requests.list()).toHaveLength(5);
  });

  it('can be interrupted by a signal', async () => {
    const { emulator, service } = await startTestArchive(engine);
    emulator.state.addContract({ title: 'NDA', status: 'EXECUTED', executedAt: on(3) });
    const stopping = new AbortController();
    const reason = new Error('enough');
    const onProgress = () => stopping.abort(reason);
    await expect(service.backfill({ ...march, onProgress, signal: stopping.signal })).rejects.toBe(reason);
  });
});
