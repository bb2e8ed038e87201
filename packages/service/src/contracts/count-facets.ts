import { type Kysely, sql as raw, type SelectQueryBuilder } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { FacetQuery } from './contract-query.ts';
import type { FacetName } from './facets.ts';
import { matchContracts } from './match-contracts.ts';

/** A value and how many contracts have it. */
export interface FacetCount {
  /** As people write it; `search` takes it. */
  readonly value: string;
  readonly count: number;
}

export interface FacetCounts {
  /** How many contracts fit the query. */
  readonly total: number;
  /** The most frequent values of each facet among them. */
  readonly facets: Readonly<Partial<Record<FacetName, readonly FacetCount[]>>>;
}

const usualFacets: readonly FacetName[] = ['contractType', 'counterparty', 'entity', 'owner', 'kind', 'sourceState', 'destination'];

/** Measured with 100,000 contracts: up to about so many it is faster to look up the facets of each. */
const fewContracts = 5_000;

/** Counts the contracts that fit a query, in all and by the values of facets. */
export async function countFacets(database: Kysely<Tables>, query: FacetQuery): Promise<FacetCounts> {
  const { facets: names = usualFacets, top = 20 } = query;
  const matching = database.selectFrom('archive_contracts').where((eb) => matchContracts(eb, query));
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const counts: Partial<Record<FacetName, FacetCount[]>> = Object.fromEntries(names.map((name) => [name, []]));
  if (names.length === 0) return { total, facets: counts };

  const ids = isFiltered(query) ? matching.select('archive_contracts.contract_id') : undefined;
  for (const { name, label, count } of await mostFrequent(database, { names, top, ids, isFew: total <= fewContracts }))
    counts[name as FacetName]?.push({ value: label, count });
  return { total, facets: counts };
}

interface CountOptions {
  readonly names: readonly FacetName[];
  readonly top: number;
  /** Of the contracts to count; all of them when absent. */
  /** True when there are so few that their facets are better looked up one by one. */
  readonly isFew: boolean;
  readonly ids: SelectQueryBuilder<Tables, 'archive_contracts', { contract_id: string }> | undefined;
}

/** Counts all facets in one question, and looks up how people write the few values that are told. */
function mostFrequent(database: Kysely<Tables>, { names, top, ids, isFew }: CountOptions) {
  return database
    .with('counts', (query) =>
      query
        .selectFrom('archive_facets')
        .select(({ fn }) => ['name', 'archive_facets.value', fn.countAll<number>().as('count')])
        // SQLite reads all facets of these names when it may, which takes five times as long for a few contracts: an expression it cannot look up.
        .where(isFew && ids ? raw<string>`name || ''` : 'name', 'in', names)
        .$if(ids !== undefined, (select) => select.where('contract_id', 'in', ids as NonNullable<typeof ids>))
        .groupBy(['name', 'archive_facets.value']),
    )
    .with('ranked', (query) =>
      query
        .selectFrom('counts')
        .selectAll()
        .select(({ fn }) =>
          fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('name').orderBy('count', 'desc').orderBy('value'))
            .as('place'),
        ),
    )
    .selectFrom('ranked')
    .select((eb) => [
      'name',
      'count',
      eb
        .selectFrom('archive_facets as written')
        .select('written.label')
        .whereRef('written.name', '=', 'ranked.name')
        .whereRef('written.value', '=', 'ranked.value')
        .limit(1)
        .$asScalar()
        .$notNull()
        .as('label'),
    ])
    .where('place', '<=', top)
    .orderBy('name')
    .orderBy('place')
    .execute();
}

function isFiltered(query: FacetQuery): boolean {
  return Object.entries(query).some(([name, value]) => value !== undefined && name !== 'facets' && name !== 'top');
}
