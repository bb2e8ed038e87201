import { defineLayout, type Receipt } from '@spotdraft-archive/core';
import { expect, it } from 'vitest';
import { receiptsOf } from '../src/contracts/receipts-of.ts';
import { writeJson } from '../src/database/json-column.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { ContractQuery } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { startTestArchive, type TestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

const contracts = [
  { title: 'Straßenbau ÄÖÜ', contractType: 'MSA', counterparties: ['Müller & Söhne'], entity: 'Northwind GmbH' },
  { title: 'ΟΔΥΣΣΕΥΣ', contractType: 'MSA', counterparties: ['Ακμή'], entity: 'Northwind GmbH' },
  { title: '契約書 秘密保持', contractType: 'NDA', counterparties: ['株式会社アクメ'], entity: 'Southwind Ltd' },
  { title: 'Договор аренды', contractType: 'Lease', counterparties: ['Акме', 'Acme Inc'], entity: 'Southwind Ltd' },
  { title: 'Plain 100% NDA_1', contractType: 'NDA', counterparties: ['Acme Inc'], entity: 'Southwind Ltd' },
] as const;

async function startFilled(
  engine: TestEngine,
): Promise<TestArchive & { readonly found: (query: ContractQuery) => Promise<readonly string[]> }> {
  const archive = await startTestArchive(engine, { service: { layout: defineLayout('{contractId} {title}') } });
  for (const [index, contract] of contracts.entries()) {
    const { id } = archive.emulator.state.createContract(contract);
    archive.emulator.state.execute(id, { at: new Date(Date.UTC(2026, 0, 1 + index)) });
  }
  await archive.settled();
  return { ...archive, found: async (query) => (await archive.service.search(query)).map(({ title }) => title).toSorted() };
}

const [streets, odysseus, secrets, lease, plain] = contracts.map(({ title }) => title) as [string, string, string, string, string];

describeOnEngines('search', (engine) => {
  it('finds parts of words in any script and case, and takes no sign for a wildcard', async () => {
    const { found } = await startFilled(engine);
    const texts = ['STRASSEN', 'äöü söhne', 'οδυσ', '秘密', 'アクメ', 'АРЕНДЫ договор', '100%', 'nda_1', '%', '_', 'nobody'];
    const titles = [[streets], [streets], [odysseus], [secrets], [secrets], [lease], [plain], [plain], [plain], [plain], []];
    for (const [index, text] of texts.entries()) expect([text, await found({ text })]).toEqual([text, titles[index]]);
  });

  it('combines facets, dates and text', async () => {
    const { found, service, emulator, settled } = await startFilled(engine);
    expect(await found({ counterparty: 'acme' })).toEqual([plain, lease].toSorted());
    expect(await found({ counterparty: 'acme', contractType: 'nda' })).toEqual([plain]);
    expect(await found({ contractType: ['MSA', 'Lease'], entity: 'SOUTHWIND LTD' })).toEqual([lease]);
    expect(await found({ owner: 'ines.okafor@example.com', destination: 'drive', text: 'nda', counterparty: 'inc' })).toEqual([plain]);
    expect(await found({ executedFrom: '2026-01-02', executedTo: '2026-01-03' })).toEqual([odysseus, secrets].toSorted());
    expect(await found({ destination: 'nowhere' })).toEqual([]);
    expect(await found({ contractType: [] })).toEqual([]);
    const [first] = await service.search({ text: 'nda_1' });
    emulator.state.delete(first?.contractId ?? '');
    await settled();
    expect(await found({ sourceState: 'DELETED' })).toEqual([plain]);
    expect(await found({ sourceState: 'executed', contractType: 'NDA' })).toEqual([secrets]);
  });

  it('counts the values of facets among what is found', async () => {
    const { service } = await startFilled(engine);
    const { total, facets } = await service.facets({ entity: 'Southwind Ltd', facets: ['contractType', 'counterparty', 'destination'] });
    expect(total).toBe(3);
    expect(facets).toEqual({
      contractType: [
        { value: 'NDA', count: 2 },
        { value: 'Lease', count: 1 },
      ],
      counterparty: [{ value: 'Acme Inc', count: 2 }, ...['Акме', '株式会社アクメ'].map((value) => ({ value, count: 1 }))],
      destination: ['box', 'drive'].map((value) => ({ value, count: 3 })),
    });
    expect((await service.facets({ top: 1 })).facets.contractType).toHaveLength(1);
  });

  it('gives every contract once, page by page, in every order', async () => {
    const { service, emulator } = await startFilled(engine);
    const { id } = emulator.state.addContract({ title: 'Undated', status: 'EXECUTED' });
    await service.archive(id);
    for (const orderBy of ['archivedAt', 'executedAt', 'title', 'expiryDate', 'contractId'] as const) {
      for (const direction of ['ascending', 'descending'] as const) {
        const whole = (await service.search({ orderBy, direction })).map(({ contractId }) => contractId);
        const paged: string[] = [];
        let page = await service.search({ orderBy, direction, limit: 2 });
        for (; page.length > 0; page = await service.search({ orderBy, direction, limit: 2, after: page.at(-1)?.cursor })) {
          paged.push(...page.map(({ contractId }) => contractId));
        }
        expect(paged).toEqual(whole);
        expect(new Set(whole).size).toBe(6);
      }
    }
    const dates = (await service.search({ orderBy: 'executedAt' })).map(({ executedAt }) => executedAt);
    expect(dates.at(-1)).toBeUndefined();
    expect(dates.slice(0, -1)).toEqual(contracts.map((_, index) => `2026-01-0${5 - index}T00:00:00.000Z`));
  });

  it('reads the receipts of more contracts than a statement takes parameters', async () => {
    const { database: options } = await startTestArchive(engine);
    const database = await openDatabase(options);
    const { sql } = database;
    await sql
      .insertInto('archive_ledger')
      .values({ key: 'key', destination: 'drive', contract_id: 'T-70000', attempts: 1, receipt: writeJson({} as Receipt) })
      .execute();
    const ids = Array.from({ length: 70_000 }, (_, index) => `T-${index + 1}`);
    expect([...(await receiptsOf(sql, ids)).keys()]).toEqual(['T-70000']);
    await database.close();
  });

  it('refuses an order and a cursor that are none', async () => {
    const { service } = await startTestArchive(engine);
    for (const query of [
      { limit: 0 },
      { limit: 1.5 },
      { orderBy: 'size' as 'title' },
      { after: 'nonsense' },
      { after: Buffer.from('["x","T-1"]').toString('base64url') },
    ]) {
      await expect(service.search(query)).rejects.toMatchObject({ code: 'config.invalid_option' });
    }
  });
});
