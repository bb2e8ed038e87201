import { expect, it } from 'vitest';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

/** An archive that hears of changes to descriptions as well, and has one contract. */
async function startWithLease(engine: TestEngine): Promise<TestArchive & { readonly id: string }> {
  const archive = await startTestArchive(engine, { service: { index: { keyPointers: true } } });
  await archive.spotdraft.webhooks.create({
    title: 'descriptions',
    url: 'http://receiver.test/webhooks',
    activities: ['CONTRACT_DATA_UPDATED', 'CONTRACT_ENTITY_UPDATED', 'CONTRACT_KEY_POINTER_UPDATION'],
  });
  const keyPointers = { expiry_date: '2027-01-01', law: 'England' };
  const { id } = archive.emulator.state.createContract({ title: 'Lease', counterparties: ['Acme', 'Contoso'], keyPointers });
  archive.emulator.state.execute(id);
  await archive.settled();
  archive.emulator.requests.clear();
  for (const { store } of Object.values(archive.stores)) store.requests.length = 0;
  return { ...archive, id };
}

describeOnEngines('a change to what describes a contract', (engine) => {
  it('refreshes its row in two requests, and asks no store for anything: copies keep their names', async () => {
    const { emulator, stores, service, settled, id } = await startWithLease(engine);
    const before = await service.status(id);
    emulator.state.editContract(id, { title: 'Lease of the mill', counterparties: ['Acme', 'Fabrikam'] });
    await settled();
    expect(emulator.requests.count({ origin: 'api' })).toBe(2);
    emulator.state.editContract(id, { entity: 'Southwind Ltd' });
    await settled();

    expect([stores.drive.store.requests, stores.box.store.requests]).toEqual([[], []]);
    expect(emulator.requests.count({ path: /download/ })).toBe(0);
    expect(await service.search({ text: 'mill', counterparty: 'fabrikam', entity: 'southwind ltd' })).toMatchObject([
      { contractId: id, title: 'Lease of the mill', counterparties: ['Acme', 'Fabrikam'], entity: 'Southwind Ltd' },
    ]);
    expect(await service.search({ counterparty: 'contoso' })).toEqual([]);
    const { receipts, state } = await service.status(id);
    expect({ receipts, state }).toEqual({ receipts: before.receipts, state: 'archived' });
  });

  it('brings key pointers and the dates in them up to date', async () => {
    const { spotdraft, stores, service, settled, id } = await startWithLease(engine);
    await spotdraft.contracts.setKeyPointers(id, [{ fieldName: 'expiry_date', value: '2031-12-31' }]);
    await settled();
    expect(await service.search({ expiresFrom: '2031-01-01', keyPointers: { law: 'england' } })).toMatchObject([
      { expiryDate: '2031-12-31' },
    ]);
    expect(stores.drive.store.requests).toEqual([]);
  });

  it('is not undone by a webhook that was sent before it and arrives after it', async () => {
    const { emulator, service, settled, id } = await startWithLease(engine);
    emulator.deliveries.hold();
    emulator.clock.advance(1_000);
    emulator.state.editContract(id, { counterparties: ['First'] });
    emulator.clock.advance(1_000);
    emulator.state.editContract(id, { counterparties: ['Second'] });
    emulator.deliveries.release((one, other) => other.sequence - one.sequence);
    await emulator.deliveries.settled();
    await settled();
    expect(await service.search()).toMatchObject([{ counterparties: ['Second'] }]);
  });

  it('is left alone for a contract that is not archived, and for one that is gone', async () => {
    const { emulator, service, settled, id } = await startWithLease(engine);
    const draft = emulator.state.createContract({ title: 'Draft' });
    emulator.state.editContract(draft.id, { title: 'Draft 2' });
    await settled();
    expect(emulator.requests.count({ origin: 'api' })).toBe(0);

    emulator.deliveries.hold();
    emulator.state.editContract(id, { title: 'Gone' });
    emulator.state.delete(id);
    emulator.deliveries.release();
    await settled();
    expect(await service.status(id)).toMatchObject({ state: 'archived', sourceState: 'DELETED', title: 'Lease' });
    expect(await service.deadLetters()).toEqual([]);
  });

  it('that SpotDraft cannot tell about becomes a dead letter of its own, and the contract stays archived', async () => {
    const { emulator, service, settled, id } = await startWithLease(engine);
    const fault = emulator.faults.inject({
      kind: 'status',
      status: 400,
      origin: 'api',
      path: /key_pointers$/,
      times: Number.POSITIVE_INFINITY,
    });
    emulator.state.editContract(id, { title: 'New' });
    await settled();
    expect(await service.deadLetters()).toMatchObject([{ subject: `refresh ${id}`, contractId: id, task: 'refresh' }]);
    expect((await service.status(id)).state).toBe('archived');
    fault.remove();
    expect(await service.redrive(`refresh ${id}`)).toBe(true);
    await settled();
    expect(await service.search({ text: 'new' })).toHaveLength(1);
  });
});
