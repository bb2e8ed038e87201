import { DestinationError } from '@spotdraft-archive/core/destination';
import { contractPdf, memoryDestination } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { writeJson } from '../src/database/json-column.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { VerifyOptions } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive, type TestArchive, type TestArchiveOptions } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const quick: VerifyOptions = { requestsPerSecond: 1_000, sampleShare: 0 };

/** An archive of so many contracts. */
async function archiveMany(engine: TestEngine, count: number, options?: TestArchiveOptions): Promise<TestArchive> {
  const archive = await startTestArchive(engine, options);
  for (let index = 0; index < count; index += 1) archive.emulator.state.importExecuted({ title: `Contract ${index}` });
  await archive.settled();
  for (const { store } of Object.values(archive.stores)) store.requests.length = 0;
  return archive;
}

const looksIn = ({ store }: TestArchive['stores']['drive']): number => store.requests.filter((request) => request === 'stat').length;

describeOnEngines('the scan of copies', (engine) => {
  it('goes on where it ended, in whichever process, looks at each copy once a round, and begins anew after the last', async () => {
    const { stores, service, createService } = await archiveMany(engine, 5);
    const other = createService();
    await other.start();
    expect((await service.verify({ ...quick, maxCopies: 2 })).scans).toMatchObject({
      drive: { checked: 2, isRoundComplete: false },
      box: { checked: 2, isRoundComplete: false },
      '': { checked: 2, isRoundComplete: false },
    });
    expect((await other.verify({ ...quick, maxCopies: 2, destinations: ['drive'] })).scans).toMatchObject({ drive: { checked: 2 } });
    expect((await service.verify(quick)).scans).toMatchObject({
      drive: { checked: 1, isRoundComplete: true },
      box: { checked: 3, isRoundComplete: true },
      '': { checked: 3, isRoundComplete: true },
    });
    expect([looksIn(stores.drive), looksIn(stores.box)]).toEqual([5, 5]);
    expect((await service.verify(quick)).scans).toMatchObject({ drive: { checked: 5, isRoundComplete: true } });
  });

  it('goes on after it was interrupted, from the last page it had finished', async () => {
    const { stores, service } = await archiveMany(engine, 60);
    const stopping = new AbortController();
    const reason = new Error('enough');
    const { stat } = { stat: stores.drive.stat.bind(stores.drive) };
    Object.assign(stores.drive, {
      stat: (...request: Parameters<typeof stat>) => {
        if (looksIn(stores.drive) === 54) stopping.abort(reason);
        return stat(...request);
      },
    });
    await expect(service.verify({ ...quick, destinations: ['drive'], signal: stopping.signal })).rejects.toBe(reason);
    expect((await service.verify({ ...quick, destinations: ['drive'] })).scans.drive).toMatchObject({ checked: 10, isRoundComplete: true });
  });

  it('reads the bytes of a share of the copies, and changes nothing in a dry run', async () => {
    const { stores, service } = await archiveMany(engine, 6);
    const reads = () => stores.drive.store.requests.filter((request) => request === 'open').length;
    expect((await service.verify({ ...quick, sampleShare: 1, dryRun: true })).scans.drive).toMatchObject({ checked: 6, read: 6 });
    expect((await service.verify({ ...quick, sampleShare: 1 })).scans.drive).toMatchObject({ checked: 6, read: 6 });
    expect(reads()).toBe(12);
    await service.verify(quick);
    expect(reads()).toBe(12);
  });

  it('takes a copy that its store is known to rewrite for what it is', async () => {
    const suffix = new TextEncoder().encode('\n%stamp');
    const drive = memoryDestination({
      capabilities: { altersMediaTypes: ['application/pdf'] },
      alter: (bytes) => Buffer.concat([bytes, suffix]),
    });
    const { service } = await archiveMany(engine, 1, { service: { destinations: { drive } } });
    expect((await service.verify({ ...quick, sampleShare: 1 })).findings).toEqual([]);
    const [file] = drive.store.files.values();
    drive.store.overwrite(file!.id, suffix);
    expect((await service.verify(quick)).findings).toMatchObject([{ kind: 'altered' }]);
  });

  it('looks at the copies of earlier versions as well', async () => {
    const { emulator, stores, service, settled } = await archiveMany(engine, 1);
    const [{ id } = { id: '' }] = emulator.state.contracts;
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'Amended', parties: ['A', 'B'] }) });
    await settled();
    const [first] = stores.drive.store.files.values();
    stores.drive.store.remove(first!.id);
    const { findings, scans } = await service.verify(quick);
    expect(scans.drive?.checked).toBe(2);
    expect(findings).toMatchObject([
      {
        kind: 'deleted at the destination',
        expected: { id: first!.id },
        action: 'none',
        reason: expect.stringContaining('newest version'),
      },
    ]);
    expect((await service.status(id)).state).toBe('archived');
  });

  it('does not take an earlier version for altered whose file got the later one as a new revision', async () => {
    const { emulator, stores, database: options, service, settled } = await archiveMany(engine, 1);
    const [{ id } = { id: '' }] = emulator.state.contracts;
    const earlier = (await service.status(id)).receipts.drive!;
    emulator.state.uploadExecutedVersion(id, { document: () => contractPdf({ title: 'Amended', parties: ['A', 'B'] }) });
    await settled();
    const later = (await service.status(id)).receipts.drive!;
    stores.drive.store.remove(earlier.id);
    const database = await openDatabase(options);
    const revised = writeJson({ ...earlier, id: later.id, path: later.path });
    await database.sql
      .updateTable('archive_ledger')
      .set({ receipt: revised })
      .where('key', '=', earlier.key)
      .where('destination', '=', 'drive')
      .execute();
    await database.close();
    expect((await service.verify(quick)).findings).toEqual([]);
    stores.drive.store.overwrite(later.id, new Uint8Array([1]));
    expect((await service.verify(quick)).counts).toEqual({ altered: 2 });
  });

  it('comes past copies that can never be looked at, and lets a store alone that fails', async () => {
    const { stores, service } = await archiveMany(engine, 8);
    const refused = new DestinationError('Refused.', { code: 'destination.forbidden', recovery: 'never' });
    stores.drive.store.faults.inject({ request: 'stat', times: 5, error: refused });
    expect((await service.verify(quick)).scans.drive).toMatchObject({ checked: 3, failed: 5, isRoundComplete: true });

    const fault = stores.drive.store.faults.inject({ times: Number.POSITIVE_INFINITY });
    expect((await service.verify(quick)).scans.drive).toMatchObject({ checked: 0, failed: 2, passedOver: { recovery: 'retry' } });
    fault.remove();
    expect((await service.verify(quick)).scans.drive).toMatchObject({ checked: 8, failed: 0, isRoundComplete: true });
  });

  it('finds contracts that are gone at the source in few requests, and marks nothing when SpotDraft shows none', async () => {
    const { emulator, service } = await archiveMany(engine, 12);
    const ids = emulator.state.contracts.map(({ id }) => id);
    emulator.deliveries.drop({ times: Number.POSITIVE_INFINITY });
    emulator.state.delete(ids[0]!);
    emulator.requests.clear();
    expect((await service.verify(quick)).findings).toMatchObject([
      { kind: 'gone at the source', contractId: ids[0], action: 'mark index' },
    ]);
    // One list for all of them, and the status of the one that is not in it.
    expect(emulator.requests.list()).toHaveLength(2);
    expect((await service.status(ids[0]!)).sourceState).toBe('DELETED');

    for (const id of ids.slice(1)) emulator.state.delete(id);
    const { findings } = await service.verify(quick);
    expect(findings).toHaveLength(11);
    expect(new Set(findings.map(({ action }) => action))).toEqual(new Set(['none']));
    expect((await service.status(ids[1]!)).sourceState).toBe('EXECUTED');
  });

  it('leaves SpotDraft out when it fails, and looks at the stores all the same', async () => {
    const { emulator, service } = await archiveMany(engine, 2);
    const fault = emulator.faults.inject({ kind: 'status', status: 500, origin: 'api', times: Number.POSITIVE_INFINITY });
    expect((await service.verify(quick)).scans).toMatchObject({
      drive: { checked: 2, isRoundComplete: true },
      '': { checked: 0, passedOver: { recovery: 'retry' } },
    });
    fault.remove();
  });

  it('refuses options that are none', async () => {
    const { service } = await startTestArchive(engine);
    const wrong: readonly (readonly [string, object])[] = [
      ['sampleShare', { sampleShare: 2 }],
      ['requestsPerSecond', { requestsPerSecond: 0 }],
      ['maxCopies', { maxCopies: -1 }],
      ['deleted', { deleted: 'shred' }],
      ['altered', { altered: 'overwrite' }],
      ['destinations', { destinations: ['nowhere'] }],
    ];
    for (const [option, options] of wrong) await expect(service.verify(options)).rejects.toMatchObject({ details: { option } });
  });
});
