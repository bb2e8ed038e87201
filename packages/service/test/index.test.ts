import { defineLayout } from '@spotdraft-archive/core';
import { expect, it } from 'vitest';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive } from './test-archive.ts';

describeOnEngines('the index', (engine) => {
  it('keeps what a webhook told, and costs no request', async () => {
    const { emulator, service, settled } = await startTestArchive(engine);
    const { id } = emulator.state.createContract({ title: 'Lease', counterparties: ['Acme', 'Contoso'], entity: 'Northwind GmbH' });
    emulator.requests.clear();
    emulator.state.execute(id, { at: new Date('2026-03-02T10:00:00Z') });
    await settled();
    expect(emulator.requests.count({ origin: 'api' })).toBe(2);
    expect(await service.search()).toMatchObject([
      {
        contractId: id,
        title: 'Lease',
        counterparties: ['Acme', 'Contoso'],
        entity: 'Northwind GmbH',
        kind: 'TEMPLATE_CONTRACT',
        owner: { email: 'ines.okafor@example.com' },
        executedAt: '2026-03-02T10:00:00.000Z',
        sourceState: 'EXECUTED',
      },
    ]);
    expect((await service.search())[0]?.keyPointers).toBeUndefined();
  });

  it('keeps key pointers for one request more: 3 from a webhook, 2 and two hundredths of a list from a backfill', async () => {
    const layout = defineLayout('{contractType}/{title} {contractId}');
    const { emulator, service, settled } = await startTestArchive(engine, { service: { index: { keyPointers: true }, layout } });
    const keyPointers = { effective_date: '2026-01-01', expiry_date: '2028-12-31', fee: { type: 'USD', value: 1000 } };
    const { id } = emulator.state.createContract({ title: 'Lease', keyPointers });
    emulator.requests.clear();
    emulator.state.execute(id);
    await settled();
    expect(emulator.requests.count({ origin: 'api' })).toBe(3);
    const expected = { effectiveDate: '2026-01-01', expiryDate: '2028-12-31' };
    expect(await service.search({ keyPointers: { fee: 'usd 1000' }, expiresTo: '2028-12-31' })).toMatchObject([expected]);
    expect(await service.search({ expiresFrom: '2029-01-01' })).toEqual([]);

    const at = new Date('2026-03-02T10:00:00Z');
    for (let index = 0; index < 30; index++) {
      emulator.state.addContract({ title: `Old ${index}`, status: 'EXECUTED', executedAt: at, keyPointers });
    }
    emulator.requests.clear();
    await service.backfill({ from: '2026-03-01', to: '2026-03-05' });
    await settled();
    // One list by date of execution, and one by date of creation for those without such a date.
    expect(emulator.requests.count({ origin: 'api', path: /\/contracts\/$/ })).toBe(2);
    expect(emulator.requests.count({ origin: 'api' })).toBe(30 * 2 + 2);
    expect(await service.search({ text: 'old', keyPointers: { fee: ['EUR 1', 'USD 1000'] } })).toHaveLength(30);
  });

  it('asks for key pointers once when the layout names one too', async () => {
    const layout = defineLayout('{keyPointer.region}/{title}');
    const { emulator, service, settled } = await startTestArchive(engine, { service: { index: { keyPointers: true }, layout } });
    const { id } = emulator.state.createContract({ title: 'Lease', keyPointers: { region: 'North' } });
    emulator.requests.clear();
    emulator.state.execute(id);
    await settled();
    expect(emulator.requests.count({ origin: 'api' })).toBe(3);
    expect((await service.status(id)).receipts.drive?.path).toBe('North/Lease.pdf');
  });

  it('makes sure of the date of execution when it is told to', async () => {
    const layout = defineLayout('{title}');
    const { emulator, service } = await startTestArchive(engine, { service: { index: { executedAt: true }, layout } });
    const { id } = emulator.state.addContract({ title: 'Lease', status: 'EXECUTED', executedAt: new Date('2020-05-06T07:08:09Z') });
    await service.archive(id);
    expect(await service.search({ executedFrom: '2020-05-06', executedTo: '2020-05-06' })).toMatchObject([
      { contractId: id, executedAt: '2020-05-06T07:08:09.000Z' },
    ]);
  });

  it('keeps all counterparties that a webhook named when a list names one of them later', async () => {
    const { emulator, service, settled } = await startTestArchive(engine);
    const { id } = emulator.state.createContract({ title: 'Lease', counterparties: ['Acme', 'Contoso'] });
    emulator.state.execute(id);
    await settled();
    await service.archive(id);
    expect(await service.search({ counterparty: 'contoso' })).toMatchObject([{ counterparties: ['Acme', 'Contoso'] }]);
  });
});
