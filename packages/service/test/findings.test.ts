import { DestinationError } from '@spotdraft-archive/core/destination';
import { contractPdf } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { writeJson } from '../src/database/json-column.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { ArchiveService } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const today = () => ({ from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) });
const foreignBytes = new TextEncoder().encode('These are not the bytes that were stored.');

interface ArchivedContract extends TestArchive {
  readonly id: string;
  /** Of the copy in the first store. */
  readonly copyId: string;
}

/** An archive with one contract in it, in both stores. */
async function archiveOne(engine: TestEngine): Promise<ArchivedContract> {
  const archive = await startTestArchive(engine);
  const { id } = archive.emulator.state.addContract({ title: 'Lease', status: 'EXECUTED' });
  const { receipts } = await archive.service.archive(id);
  return { ...archive, id, copyId: receipts.drive!.id };
}

/** Has the ledger, the index and the jobs forget everything, as after the loss of the database. */
async function forgetEverything({ database: options, service }: TestArchive): Promise<void> {
  await service.stop();
  const database = await openDatabase(options);
  for (const table of ['archive_ledger', 'archive_contracts', 'archive_jobs'] as const) await database.sql.deleteFrom(table).execute();
  await database.close();
  await service.start();
}

async function isInOrder(service: ArchiveService): Promise<boolean> {
  const { findings } = await service.repair({ ...today(), verify: { sampleShare: 1 } });
  return findings.length === 0;
}

describeOnEngines('a finding', (engine) => {
  it('"missing" is a contract that no attempt was made at, and it is archived', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const { id } = emulator.state.addContract({ title: 'Lease', status: 'EXECUTED' });
    const finding = { kind: 'missing', contractId: id, destinations: ['drive', 'box'], action: 'archive' };
    const plan = await service.repair({ ...today(), dryRun: true });
    expect(plan).toEqual({ looked: 1, findings: [finding], counts: { missing: 1 }, isApplied: false });
    expect(copiesIn(stores.drive)).toEqual([]);

    const told: unknown[] = [];
    await service.repair({ ...today(), onPlan: (findings) => told.push(...findings, copiesIn(stores.drive)) });
    expect(told).toEqual([finding, []]);
    await settled();
    expect([copiesIn(stores.drive), await isInOrder(service)]).toEqual([[id], true]);
  });

  it('"unfinished" is a contract that lacks a receipt in one destination, and only that one is stored to', async () => {
    const { emulator, stores, service, createService, settled } = await startTestArchive(engine);
    const { id } = emulator.state.addContract({ title: 'Lease', status: 'EXECUTED' });
    await service.stop();
    const earlier = createService({ destinations: { drive: stores.drive } });
    await earlier.start();
    await earlier.archive(id);
    await earlier.stop();
    await service.start();
    expect((await service.status(id)).state).toBe('incomplete');
    expect((await service.repair(today())).findings).toEqual([
      { kind: 'unfinished', contractId: id, destinations: ['box'], action: 'archive' },
    ]);
    await settled();
    expect(stores.drive.store.requests.filter((request) => request === 'create')).toHaveLength(1);
    expect([copiesIn(stores.box), await isInOrder(service)]).toEqual([[id], true]);
  });

  it('"outdated version" is a newer executed version whose webhook was lost, and it is archived beside the old one', async () => {
    const { emulator, id, stores, service, settled } = await archiveOne(engine);
    const { versionId } = await service.status(id);
    emulator.deliveries.drop();
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'Lease, amended', parties: ['A', 'B'] }) });
    expect((await service.repair(today())).findings).toMatchObject([
      { kind: 'outdated version', contractId: id, destinations: ['drive', 'box'], found: { versionId }, action: 'archive' },
    ]);
    await settled();
    expect([copiesIn(stores.drive), await isInOrder(service)]).toEqual([[id, id], true]);
  });

  it('"unrecorded copy" is a copy that the ledger does not know, and it gets its receipt without being read from SpotDraft again', async () => {
    const archive = await archiveOne(engine);
    const { emulator, id, copyId, stores, service, settled } = archive;
    await forgetEverything(archive);
    emulator.requests.clear();
    const { findings } = await service.repair(today());
    expect(findings).toMatchObject([
      { kind: 'unrecorded copy', contractId: id, destinations: ['drive'], found: { id: copyId }, action: 'adopt' },
      { kind: 'unrecorded copy', contractId: id, destinations: ['box'], action: 'adopt' },
    ]);
    expect(findings[0]?.found?.sha256).toBe(findings[0]?.expected?.sha256);
    await settled();
    expect(await service.status(id)).toMatchObject({ state: 'archived', receipts: { drive: { id: copyId, outcome: 'adopted' } } });
    expect([copiesIn(stores.drive), emulator.requests.list({ origin: 'storage' })]).toEqual([[id], []]);
    expect(await isInOrder(service)).toBe(true);
  });

  it('"unrecorded copy" with other bytes than it was stored with is left as it is, and the document is stored beside it', async () => {
    const archive = await archiveOne(engine);
    const { id, copyId, stores, service, settled } = archive;
    stores.drive.store.overwrite(copyId, foreignBytes);
    await forgetEverything(archive);
    expect((await service.repair(today())).findings).toMatchObject([
      { kind: 'unrecorded copy', destinations: ['drive'], found: { id: copyId, size: foreignBytes.byteLength }, action: 'none' },
      { kind: 'unrecorded copy', destinations: ['box'], action: 'adopt' },
      { kind: 'missing', destinations: ['drive'], action: 'archive' },
    ]);
    await settled();
    expect((await service.status(id)).receipts.drive?.id).not.toBe(copyId);
    expect(stores.drive.store.files.get(copyId)?.bytes).toBe(foreignBytes);
    expect([copiesIn(stores.drive), await isInOrder(service)]).toEqual([[id, id], true]);
  });

  it('"gone at the source" is a contract that SpotDraft deleted without a webhook, and the index says so', async () => {
    const { emulator, id, stores, service } = await archiveOne(engine);
    emulator.deliveries.drop();
    emulator.state.delete(id);
    emulator.requests.clear();
    const finding = { kind: 'gone at the source', contractId: id, found: { sourceState: 'DELETED' }, action: 'mark index' };
    expect((await service.repair({ ...today(), dryRun: true })).findings).toMatchObject([finding]);
    expect((await service.status(id)).sourceState).toBe('EXECUTED');
    expect((await service.repair(today())).findings).toMatchObject([finding]);
    expect(await service.status(id)).toMatchObject({ sourceState: 'DELETED', state: 'archived' });
    expect([copiesIn(stores.drive), (await service.repair(today())).findings]).toEqual([[id], []]);
  });

  it('"altered" is a copy with other bytes; it is told of and counts as an exception until it is in order again', async () => {
    const { id, copyId, stores, service } = await archiveOne(engine);
    const { bytes } = stores.drive.store.files.get(copyId)!;
    stores.drive.store.overwrite(copyId, foreignBytes);
    const { findings, counts } = await service.verify();
    expect(counts).toEqual({ altered: 1 });
    expect(findings).toMatchObject([
      {
        kind: 'altered',
        contractId: id,
        destinations: ['drive'],
        expected: { id: copyId },
        found: { id: copyId, size: 41 },
        action: 'none',
      },
    ]);
    expect(findings[0]?.found?.hash).not.toBe(findings[0]?.expected?.hash);
    expect(await service.findings()).toMatchObject([{ kind: 'altered', expected: findings[0]?.expected, foundAt: expect.any(Date) }]);
    expect(await service.completeness(today())).toMatchObject({
      archived: { drive: 0, box: 1 },
      exceptions: [{ destinations: ['drive'] }],
    });
    expect(stores.drive.store.files.get(copyId)?.bytes).toBe(foreignBytes);

    stores.drive.store.overwrite(copyId, bytes);
    await service.verify();
    expect([await service.findings(), (await service.completeness(today())).isComplete]).toEqual([[], true]);
  });

  it('"altered" is stored again beside the altered file when asked, which stays as it is', async () => {
    const { id, copyId, stores, service, settled } = await archiveOne(engine);
    stores.drive.store.overwrite(copyId, foreignBytes);
    const { findings } = await service.verify({ altered: 'store beside' });
    expect(findings).toMatchObject([{ kind: 'altered', action: 'archive' }]);
    await settled();
    const receipt = (await service.status(id)).receipts.drive;
    expect(receipt?.id).not.toBe(copyId);
    expect(stores.drive.store.files.get(copyId)?.bytes).toBe(foreignBytes);
    expect([copiesIn(stores.drive), await isInOrder(service)]).toEqual([[id, id], true]);
  });

  it('"altered" is found by reading the bytes when the store still tells the old hash', async () => {
    const { id, copyId, stores, service } = await archiveOne(engine);
    const told = await stores.drive.stat(copyId);
    stores.drive.store.overwrite(copyId, foreignBytes);
    Object.assign(stores.drive, { stat: async () => told });
    expect((await service.verify({ contractIds: [id], sampleShare: 0 })).findings).toEqual([]);
    expect((await service.verify({ contractIds: [id], sampleShare: 1 })).findings).toMatchObject([
      { kind: 'altered', destinations: ['drive'], found: { size: foreignBytes.byteLength } },
    ]);
  });

  it('"moved" is a copy that lies somewhere else, and its receipt gets the new place', async () => {
    const { id, copyId, stores, service } = await archiveOne(engine);
    stores.drive.store.move(copyId, { folders: ['Closed', '2026'], name: 'lease.pdf' });
    const { path } = (await service.status(id)).receipts.drive!;
    expect((await service.verify()).findings).toMatchObject([
      { kind: 'moved', expected: { id: copyId, path }, found: { id: copyId, path: 'Closed/2026/lease.pdf' }, action: 'update receipt' },
    ]);
    expect((await service.status(id)).receipts.drive).toMatchObject({ id: copyId, path: 'Closed/2026/lease.pdf' });
    expect(await isInOrder(service)).toBe(true);
  });

  it('"moved" is a copy that got another id as well, and its receipt gets that too', async () => {
    const { id, copyId, stores, service } = await archiveOne(engine);
    const { store } = stores.drive;
    const { path, bytes, key, properties } = store.files.get(copyId)!;
    store.remove(copyId);
    Object.assign(store.write({ ...path, folders: ['Elsewhere'] }, bytes, 'new-id'), { key, properties });
    expect((await service.verify()).findings).toMatchObject([{ kind: 'moved', expected: { id: copyId }, found: { id: 'new-id' } }]);
    expect((await service.status(id)).receipts.drive?.id).toBe('new-id');
    expect(await isInOrder(service)).toBe(true);
  });

  it('"deleted at the destination" is a copy that is not there, and it is stored again', async () => {
    const { id, copyId, stores, service, settled } = await archiveOne(engine);
    stores.drive.store.remove(copyId);
    const finding = {
      kind: 'deleted at the destination',
      contractId: id,
      destinations: ['drive'],
      expected: { id: copyId },
      action: 'archive',
    };
    expect((await service.verify({ dryRun: true })).findings).toMatchObject([finding]);
    expect([copiesIn(stores.drive), (await service.status(id)).state]).toEqual([[], 'archived']);
    expect((await service.verify()).findings).toMatchObject([finding]);
    await settled();
    expect(stores.box.store.requests.filter((request) => request === 'create')).toHaveLength(1);
    expect([copiesIn(stores.drive), await isInOrder(service)]).toEqual([[id], true]);
  });

  it('"deleted at the destination" is only reported when asked, and when SpotDraft could not give the document again', async () => {
    const { emulator, id, copyId, stores, service, settled } = await archiveOne(engine);
    stores.drive.store.remove(copyId);
    const [reported] = (await service.verify({ deleted: 'report' })).findings;
    expect(reported).toMatchObject({ kind: 'deleted at the destination', action: 'none' });
    expect((await service.completeness(today())).exceptions).toMatchObject([{ contractId: id, destinations: ['drive'] }]);

    emulator.state.delete(id);
    await settled();
    const [left] = (await service.verify()).findings;
    expect(left).toMatchObject({ kind: 'deleted at the destination', action: 'none', reason: expect.stringContaining('SpotDraft') });
    expect(copiesIn(stores.drive)).toEqual([]);
  });

  it('"deleted at the destination" is only reported when the contract is routed to other destinations now', async () => {
    const { database: options, copyId, stores, service } = await archiveOne(engine);
    stores.drive.store.remove(copyId);
    const database = await openDatabase(options);
    await database.sql
      .updateTable('archive_contracts')
      .set({ routed_to: writeJson(['box']) })
      .execute();
    await database.close();
    const [reported] = (await service.verify()).findings;
    expect(reported).toMatchObject({ kind: 'deleted at the destination', action: 'none', reason: expect.stringContaining('routed') });
  });

  it('"deleted at the destination" of everything at once is left to a person', async () => {
    const { emulator, stores, service, settled } = await startTestArchive(engine);
    const ids = ['One', 'Two', 'Three'].map((title) => emulator.state.importExecuted({ title }).id);
    await settled();
    stores.drive.store.files.clear();
    const { findings } = await service.verify({ maxRestored: 1, requestsPerSecond: 1_000 });
    expect(findings.map(({ action }) => action).toSorted()).toEqual(['archive', 'none', 'none']);
    await settled();
    expect(copiesIn(stores.drive)).toHaveLength(1);
    await service.verify({ maxRestored: Number.POSITIVE_INFINITY, requestsPerSecond: 1_000 });
    await settled();
    expect([copiesIn(stores.drive), await service.findings()]).toEqual([ids.toSorted(), []]);
  });

  it('"duplicate" is a further file with the key of a copy; its id is told and nothing is deleted', async () => {
    const { id, copyId, stores, service } = await archiveOne(engine);
    const { store } = stores.drive;
    const { bytes, key, path, properties } = store.files.get(copyId)!;
    Object.assign(store.write({ ...path, folders: ['Copy of'] }, bytes, 'twin'), { key, properties });
    expect((await service.repair({ ...today(), verify: true })).findings).toMatchObject([
      { kind: 'duplicate', contractId: id, destinations: ['drive'], found: { id: copyId, duplicateIds: ['twin'] }, action: 'none' },
    ]);
    expect(store.files.size).toBe(2);
    store.remove('twin');
    expect([await isInOrder(service), await service.findings()]).toEqual([true, []]);
  });

  it('is never that something is absent when the look-up failed', async () => {
    const { emulator, copyId, stores, service } = await archiveOne(engine);
    const unavailable = stores.drive.store.faults.inject({ times: Number.POSITIVE_INFINITY });
    stores.drive.store.remove(copyId);
    const { findings, scans } = await service.verify();
    expect(findings).toEqual([]);
    expect(scans).toMatchObject({ drive: { checked: 0, failed: 1 }, box: { checked: 1, failed: 0 } });

    const refused = emulator.faults.inject({ kind: 'status', status: 500, origin: 'api', times: Number.POSITIVE_INFINITY });
    await expect(service.repair(today())).rejects.toMatchObject({ name: 'SpotDraftError' });
    for (const fault of [unavailable, refused]) fault.remove();
  });

  it('never is that a destination which needs a person has lost its copies', async () => {
    const { stores, service } = await archiveOne(engine);
    const revoked = new DestinationError('The token is revoked.', {
      code: 'destination.unauthorized',
      recovery: 'operator',
      hint: 'Renew it.',
    });
    const fault = stores.drive.store.faults.inject({ times: Number.POSITIVE_INFINITY, error: revoked });
    const passedOver = { code: 'destination.unauthorized' };
    expect(await service.verify()).toMatchObject({ findings: [], scans: { drive: { checked: 0, passedOver }, box: { checked: 1 } } });
    const requests = stores.drive.store.requests.length;
    expect((await service.verify()).scans.drive).toMatchObject({ checked: 0, passedOver });
    expect(stores.drive.store.requests).toHaveLength(requests);
    fault.remove();
    await service.resume('drive');
    expect((await service.verify()).scans.drive).toMatchObject({ checked: 1, isRoundComplete: true });
  });
});
