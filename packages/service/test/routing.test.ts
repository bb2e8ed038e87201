import type { ContractFacts } from '@spotdraft-archive/core';
import { DestinationError } from '@spotdraft-archive/core/destination';
import { describe, expect, it } from 'vitest';
import { createArchiveService, type RouteFunction, type RouteRule } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';

const rules: readonly RouteRule[] = [
  { when: { contractType: ['nda', 'DPA'] }, to: ['box'] },
  { when: { entity: 'Southwind Ltd', tag: 'board' }, to: ['drive', 'box'] },
  { when: { region: 'test', contractType: 'Draft terms' }, to: [] },
  { when: { keyPointers: { secret: 'Yes' } }, to: [] },
  { when: { contractType: 'MSA' }, to: ['drive'] },
];
const range = { from: '2026-03-01', to: '2026-03-31' };
const executedAt = new Date('2026-03-05T09:00:00Z');

describeOnEngines('a route', (engine) => {
  it('brings each contract into the destinations of the first rule that fits, from webhooks and from a backfill', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine, { service: { route: rules } });
    const add = emulator.state.createContract.bind(emulator.state);
    const addOld = emulator.state.addContract.bind(emulator.state);
    const board = { contractType: 'MSA', entity: 'Southwind Ltd', tags: ['board'] };
    const fresh = [
      add({ title: 'NDA', contractType: 'NDA' }),
      add({ title: 'Board', ...board }),
      add({ title: 'No tag', ...board, tags: [] }),
      add({ title: 'Secret', contractType: 'MSA', keyPointers: { secret: true } }),
    ].map(({ id }) => id);
    for (const id of fresh) emulator.state.execute(id, { at: executedAt });
    const old = [
      addOld({ title: 'Old board', ...board, status: 'EXECUTED', executedAt }),
      addOld({ title: 'Old', status: 'EXECUTED', executedAt }),
    ];
    await settled();
    await service.backfill(range);
    await settled();

    const [nda, boardId, noTag, secret] = fresh as [string, string, string, string];
    const [oldBoard, nowhere] = old.map(({ id }) => id) as [string, string];
    expect(copiesIn(stores.drive)).toEqual([boardId, noTag, oldBoard].toSorted());
    expect(copiesIn(stores.box)).toEqual([nda, boardId, oldBoard].toSorted());
    expect(await service.status(nda)).toMatchObject({ state: 'archived', destinations: ['box'] });
    expect(await service.status(secret)).toMatchObject({ state: 'unrouted', destinations: [], receipts: {} });
    expect((await service.search({ isUnrouted: true })).map(({ contractId }) => contractId).toSorted()).toEqual(
      [secret, nowhere].toSorted(),
    );

    const { sentence, isComplete } = await service.completeness(range);
    expect(sentence).toMatch(/^6 contracts .*, 3 archived and verified in drive, 3 in box, 2 routed nowhere; no exceptions\.$/);
    expect(isComplete).toBe(true);
    expect((await service.repair({ ...range, dryRun: true })).findings).toEqual([]);
    emulator.requests.clear();
    expect(await service.backfill(range)).toMatchObject({ listed: 6, enqueued: 0 });
  });

  it('may be a function that asks about tags, entities and the region, once each, and is asked again after a failure', async () => {
    const asked: (readonly boolean[])[] = [];
    const route: RouteFunction = async ({ title }, { region, hasTag, isOfEntity }) => {
      const answers = [region === 'test', await hasTag('board'), await hasTag('board'), await isOfEntity('Southwind Ltd')];
      asked.push(answers);
      return answers.every(Boolean) ? ['box'] : title === 'Nowhere' ? [] : ['drive'];
    };
    const { emulator, stores, service, settled } = await startTestArchive(engine, { service: { route } });
    const board = { status: 'EXECUTED', entity: 'Southwind Ltd', tags: ['board'] } as const;
    const ids = [
      emulator.state.addContract({ title: 'Board', ...board }),
      emulator.state.addContract({ title: 'Other entity', ...board, entity: 'Northwind Ltd' }),
      emulator.state.addContract({ title: 'No tag', ...board, tags: [] }),
    ].map(({ id }) => id);
    emulator.faults.inject({ kind: 'status', status: 500, origin: 'api', path: /contracts/, nth: 3, times: 4 });
    for (const id of ids) await service.archive(id);
    await settled();
    expect([copiesIn(stores.box), copiesIn(stores.drive)]).toEqual([[ids[0]], [ids[1], ids[2]]]);
    expect(await service.deadLetters()).toEqual([]);
    expect(asked).toContainEqual([true, true, true, true]);

    // From a webhook the entity is known, so that only the tag is asked about.
    emulator.requests.clear();
    emulator.state.execute(emulator.state.createContract({ title: 'Fresh', entity: 'Southwind Ltd', tags: ['board'] }).id);
    await settled();
    expect(emulator.requests.list({ origin: 'api' })).toHaveLength(3);
    expect(copiesIn(stores.box)).toHaveLength(2);
  });

  it('that changes is followed by repair, which leaves the old copies where they are', async () => {
    const all = ['One', 'Two'].map((title) => ({ title, contractType: 'MSA', status: 'EXECUTED', executedAt }) as const);
    const { emulator, stores, service, createService, settled } = await startTestArchive(engine, { service: { route: () => ['drive'] } });
    const ids = all.map((contract) => emulator.state.addContract(contract).id);
    await service.backfill(range);
    await settled();
    await service.stop();

    const route = ({ title }: ContractFacts): string[] => (title === 'One' ? ['box'] : ['drive']);
    const changed = createService({ route });
    await changed.start();
    const { findings } = await changed.repair(range);
    expect(findings.map(({ kind }) => kind)).toEqual(['routed otherwise', 'routed otherwise']);
    await changed.idle();
    expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([ids, [ids[0]]]);
    expect(await changed.status(ids[0] ?? '')).toMatchObject({ state: 'archived', destinations: ['box'] });
    expect((await changed.repair(range)).findings).toEqual([]);
  });

  it('that names an unknown destination makes a dead letter with a clear reason, and nothing is stored', async () => {
    const route = () => ['drive', 'attic'];
    const { emulator, stores, service, createService } = await startTestArchive(engine, { service: { route } });
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    expect(await service.archive(id)).toMatchObject({
      state: 'dead',
      failure: { code: 'config.invalid_option', message: expect.stringContaining('"attic"') },
    });
    expect(stores.drive.store.requests).toEqual([]);
    await service.stop();
    const mended = createService({ route: () => ['drive'] });
    await mended.start();
    expect(await mended.redrive(id)).toBe(true);
    await mended.idle();
    expect(await mended.status(id)).toMatchObject({ state: 'archived', destinations: ['drive'] });
  });

  it('spares a contract a parked destination that it does not go to', async () => {
    const route = ({ title }: ContractFacts): string[] => (title === 'Both' ? ['drive', 'box'] : ['drive']);
    const { emulator, stores, service } = await startTestArchive(engine, { service: { route } });
    const error = new DestinationError('Full.', { code: 'destination.quota_exceeded', recovery: 'operator' });
    const fault = stores.box.store.faults.inject({ times: Number.POSITIVE_INFINITY, error });
    const both = emulator.state.addContract({ title: 'Both', status: 'EXECUTED' });
    const one = emulator.state.addContract({ title: 'One', status: 'EXECUTED' });
    expect((await service.archive(both.id)).state).toBe('parked');
    expect(await service.archive(one.id)).toMatchObject({ state: 'archived', failures: {} });
    fault.remove();
    await service.resume('box');
    await service.idle();
    expect(copiesIn(stores.box)).toEqual([both.id]);
  });
});

describe('a service with wrong rules', () => {
  const base = { spotdraft: {}, destinations: { drive: {} }, database: { dataDir: '/nowhere' }, webhook: { keys: 'x' } };
  it.each<[string, unknown]>([
    ['route', []],
    ['route', 'drive'],
    ['route[0].to', [{ when: {}, to: ['attic'] }]],
    ['route[0].to', [{ when: {}, to: 'drive' }]],
    ['route[0].when', [{ to: ['drive'] }]],
    [
      'route[1].when.contracttype',
      [
        { when: {}, to: [] },
        { when: { contracttype: 'NDA' }, to: ['drive'] },
      ],
    ],
  ])('is not made, and the error names "%s" (case %#)', (option, route) => {
    const make = () => createArchiveService({ ...base, route } as never);
    expect(make).toThrow(expect.objectContaining({ code: 'config.invalid_option', details: { option } }));
  });
});
