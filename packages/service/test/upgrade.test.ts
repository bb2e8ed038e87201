import type { Kysely, Transaction } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { searchContracts } from '../src/contracts/search-contracts.ts';
import { firstTables } from '../src/database/migrations/0001-first-tables.ts';
import { inboxByDone } from '../src/database/migrations/0002-inbox-by-done.ts';
import { openDatabase } from '../src/database/open-database.ts';
import type { Tables } from '../src/database/tables.ts';
import { describeOnEngines } from './describe-on-engines.ts';

/** A contract as version 2 of the tables kept it. */
const oldRow = {
  contract_id: 'T-7',
  title: 'Old Lease',
  contract_type: 'Lease',
  counterparties: 'acme gmbh\nacme gmbh',
  metadata: JSON.stringify({ counterparties: ['Acme GmbH', 'Acme GmbH'] }),
  search_text: 't-7\nold lease\nlease\nacme gmbh',
  source_state: 'DELETED',
  archived_at: 1_700_000_000_000,
};

async function downgrade(database: Kysely<Tables>): Promise<void> {
  await database.transaction().execute(async (transaction: Transaction<Tables>) => {
    const names = await transaction.introspection.getTables();
    for (const { name } of names.filter((table) => table.name.startsWith('archive_')))
      await transaction.schema.dropTable(name).ifExists().execute();
    await transaction.schema.createTable('archive_schema').addColumn('version', 'integer').addColumn('applied_at', 'bigint').execute();
    await firstTables(transaction);
    await inboxByDone(transaction);
    await transaction
      .insertInto('archive_schema')
      .values([1, 2].map((version) => ({ version, applied_at: 0 })))
      .execute();
    await transaction.insertInto('archive_contracts').values(oldRow).execute();
  });
}

describeOnEngines('an upgrade', (engine) => {
  it('keeps the contracts of the index findable', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const old = await openDatabase(options);
    await downgrade(old.sql);
    await old.close();
    const upgraded = await openDatabase(options);
    const queries = [
      { text: 'old' },
      { contractType: 'lease' },
      { counterparty: 'acme' },
      { sourceState: 'DELETED' },
      { orderBy: 'title' as const },
    ];
    for (const query of queries)
      expect(await searchContracts(upgraded.sql, query)).toMatchObject([{ contractId: 'T-7', title: 'Old Lease' }]);
    await upgraded.close();
  });
});
