import type { Kysely } from 'kysely';
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

/** Counts the contracts that fit a query, in all and by the values of facets. */
export async function countFacets(database: Kysely<Tables>, query: FacetQuery): Promise<FacetCounts> {
  const { facets: names = usualFacets, top = 20 } = query;
  const isFiltered = Object.entries(query).some(([name, value]) => value !== undefined && name !== 'facets' && name !== 'top');
  const matching = database.selectFrom('archive_contracts').where((eb) => matchContracts(eb, query));
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();

  const counts: Partial<Record<FacetName, readonly FacetCount[]>> = {};
  for (const name of names) {
    counts[name] = await database
      .selectFrom('archive_facets')
      .select(({ fn }) => [fn.min('label').as('value'), fn.countAll<number>().as('count')])
      .where('name', '=', name)
      .$if(isFiltered, (select) => select.where('contract_id', 'in', matching.select('archive_contracts.contract_id')))
      .groupBy('archive_facets.value')
      .orderBy('count', 'desc')
      .orderBy('value')
      .limit(top)
      .execute();
  }
  return { total, facets: counts };
}
