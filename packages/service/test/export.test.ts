import { buffer, text } from 'node:stream/consumers';
import { defineLayout } from '@spotdraft-archive/core';
import { memoryDestination } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { exportContracts } from '../src/export/export-contracts.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { fillIndex } from './fill-index.ts';
import { startTestArchive } from './test-archive.ts';

const layout = defineLayout('{contractId}');

describeOnEngines('an export', (engine) => {
  it('writes a CSV that no spreadsheet runs: links and receipts for each destination, dates in UTC, key pointers', async () => {
    const { emulator, service, settled } = await startTestArchive(engine, { service: { layout, index: { keyPointers: true } } });
    const { id } = emulator.state.createContract({
      title: '=HYPERLINK("http://evil.test";"Müller")',
      counterparties: ['+49 GmbH', '@home'],
      keyPointers: { note: '-1+1', amount: { type: 'USD', value: 5 } },
    });
    emulator.state.execute(id, { at: new Date('2026-03-02T23:30:00-05:00') });
    await settled();

    const csv = (await buffer(await service.export({ format: 'csv', text: 'hyperlink' }))).toString();
    const [header = '', row = '', end] = csv.split('\r\n');
    expect(header).toMatch(/^\uFEFFcontractId,title,/);
    expect(header).toMatch(/,drive\.webUrl,drive\.path,.*box\.webUrl,.*box\.outcome,keyPointer\.amount,keyPointer\.note$/);
    expect(row).toContain(`${id},"'=HYPERLINK(""http://evil.test"";""Müller"")",`);
    expect(row).toContain(",'+49 GmbH; @home,");
    expect(row).toMatch(/,USD 5,'-1\+1$/);
    expect(row).toContain(',2026-03-03T04:30:00.000Z,');
    expect(row).toContain(`,${id}.pdf,`);
    expect(row).toContain((await service.status(id)).receipts.drive?.sha256);
    expect(end).toBe('');
    expect((await text(await service.export({ format: 'csv', keyPointerColumns: [] }))).split('\r\n')[0]).toMatch(/box\.outcome$/);
  });

  it('has columns for a destination that was removed and has receipts, after those of the others', async () => {
    const { emulator, stores, service: before, createService } = await startTestArchive(engine, { service: { layout } });
    const { id } = emulator.state.addContract({ title: 'Lease', status: 'EXECUTED' });
    const { receipts } = await before.archive(id);
    await before.stop();
    const service = createService({ layout, destinations: { drive: stores.drive, vault: memoryDestination() } });
    await service.start();
    const [header = '', row = ''] = (await text(await service.export({ format: 'csv' }))).split('\r\n');
    const columns = header.split(',');
    const prefixes = columns.map((name) => /^(\w+)\./.exec(name)?.[1]).filter((name) => name !== undefined);
    expect([...new Set(prefixes)]).toEqual(['drive', 'vault', 'box']);
    const cell = (name: string): string | undefined => row.split(',')[columns.indexOf(name)];
    expect([cell('box.id'), cell('drive.id'), cell('vault.id')]).toEqual([receipts.box?.id, receipts.drive?.id, '']);
  });

  it('writes one JSON object a line, and every contract once when there are many pages', async () => {
    const { emulator, service, database } = await startTestArchive(engine, { service: { layout } });
    const { id } = emulator.state.addContract({ title: 'Line\nbreak', status: 'EXECUTED' });
    await service.archive(id);
    const opened = await openDatabase(database);
    await fillIndex(opened.sql, 1_200);
    const lines = (await text(await service.export({ format: 'jsonl' }))).trimEnd().split('\n');
    const contracts = lines.map((line) => JSON.parse(line) as { contractId: string; title: string; receipts: object });
    expect(contracts.find(({ contractId }) => contractId === id)).toMatchObject({
      contractId: id,
      title: 'Line\nbreak',
      receipts: { drive: { contractId: id } },
    });
    expect(new Set(contracts.map(({ contractId }) => contractId)).size).toBe(1_201);
    expect(lines).toHaveLength(1_201);
    await opened.close();
  });

  it('leaves out no contract that is archived anew while it is read', async () => {
    const { database } = await startTestArchive(engine);
    const opened = await openDatabase(database);
    await fillIndex(opened.sql, 1_200);
    const exported = exportContracts({ format: 'jsonl' }, { database: opened.sql, destinations: [] });
    let lines = '';
    for await (const bytes of exported) {
      if (lines === '')
        await opened.sql
          .updateTable('archive_contracts')
          .set((eb) => ({ archived_at: eb('archived_at', '*', -1) }))
          .execute();
      lines += Buffer.from(bytes).toString();
    }
    const ids = lines
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { contractId: string }).contractId);
    expect([ids.length, new Set(ids).size]).toEqual([1_200, 1_200]);
    await opened.close();
  });

  it('reads no page before it is wanted, and stops when the reader does', async () => {
    const { database } = await startTestArchive(engine);
    const opened = await openDatabase(database);
    let pages = 0;
    const counting = opened.sql.withPlugin({
      transformQuery: ({ node }) => {
        if (JSON.stringify(node).includes('sort_value')) pages += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await fillIndex(opened.sql, 3_000);
    const reader = exportContracts({ format: 'jsonl' }, { database: counting, destinations: [] }).getReader();
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
    expect(pages).toBeLessThan(4);
    await opened.close();
  });

  it('in an unknown format is refused', async () => {
    const { service } = await startTestArchive(engine);
    await expect(service.export({ format: 'xlsx' as 'csv' })).rejects.toMatchObject({ code: 'config.invalid_option' });
    expect(await buffer(await service.export({ format: 'jsonl' }))).toHaveLength(0);
  });
});
