import { sql as raw, type Transaction } from 'kysely';
import type { Tables } from '../tables.ts';

/** What contracts are searched, counted and sorted by, in narrow tables of their own: the rows of the index itself may be wide. */
export async function facets(transaction: Transaction<Tables>): Promise<void> {
  const { schema } = transaction;
  await schema
    .createTable('archive_search')
    .addColumn('contract_id', 'text', (column) => column.primaryKey())
    .addColumn('text', 'text', (column) => column.notNull())
    .execute();
  await raw`insert into archive_search select contract_id, search_text from archive_contracts`.execute(transaction);
  await schema
    .createTable('archive_facets')
    .addColumn('contract_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('archive_facets_row', ['name', 'value', 'contract_id'])
    .execute();
  await schema.createIndex('archive_facets_by_contract').on('archive_facets').column('contract_id').execute();

  const columns = [
    ['title_key', 'text'],
    ['executed_at', 'bigint'],
    ['effective_on', 'text'],
    ['expires_on', 'text'],
  ] as const;
  for (const [name, type] of columns) await schema.alterTable('archive_contracts').addColumn(name, type).execute();
  await raw`update archive_contracts set title_key = lower(title)`.execute(transaction);
  await fillFacets(transaction);
  for (const name of ['counterparties', 'search_text']) await schema.alterTable('archive_contracts').dropColumn(name).execute();
  for (const name of ['archived_at', 'title_key', 'executed_at', 'effective_on', 'expires_on']) {
    await schema.createIndex(`archive_contracts_by_${name}`).on('archive_contracts').columns([name, 'contract_id']).execute();
  }
}

const pageSize = 500;

/** Key pointers and owners come when a contract is archived or refreshed next. */
async function fillFacets(transaction: Transaction<Tables>): Promise<void> {
  const pageAfter = (contractId: string) =>
    transaction
      .selectFrom('archive_contracts')
      .select(['contract_id', 'contract_type', 'source_state', 'metadata'])
      .where('contract_id', '>', contractId)
      .orderBy('contract_id')
      .limit(pageSize)
      .execute();
  for (let page = await pageAfter(''); page.length > 0; page = await pageAfter(page.at(-1)?.contract_id ?? '')) {
    const rows = page.flatMap(({ contract_id, contract_type, source_state, metadata }) => {
      const { counterparties } = JSON.parse(metadata) as { readonly counterparties: readonly string[] };
      const labels = [
        ['sourceState', source_state],
        ['contractType', contract_type],
        ...[...new Set(counterparties)].map((name) => ['counterparty', name]),
      ];
      return labels.flatMap(([name, label]) => (name && label ? { contract_id, name, value: label.toLowerCase(), label } : []));
    });
    await transaction
      .insertInto('archive_facets')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
