import type { Kysely } from 'kysely';
import { facetOf } from '../contracts/facets.ts';
import type { Tables } from '../database/tables.ts';
import { source } from '../jobs/job-failure.ts';

export interface QuotaOptions {
  /** Names of the destinations. */
  readonly destinations: readonly string[];
  readonly now: number;
  /** How long a round may take, in milliseconds. */
  readonly roundMs: number;
  /** How often a part of it is done, in milliseconds. */
  readonly everyMs: number;
}

/**
 * How many copies of each destination, and contracts under `''`, are to be looked at now, so that a round is spread over its time. Nothing
 * between the end of a round and the time at which the next one begins.
 */
export async function scanQuotas(database: Kysely<Tables>, options: QuotaOptions): Promise<ReadonlyMap<string, number>> {
  const { destinations, now, roundMs, everyMs } = options;
  const [totals, scans] = await Promise.all([
    countAll(database),
    database.selectFrom('archive_scans').select(['name', 'counts', 'began_at', 'ended_at']).execute(),
  ]);
  const quotas = new Map<string, number>();
  for (const name of [...destinations, source]) {
    const total = totals.get(name) ?? 0;
    const scan = scans.find((row) => row.name === name);
    const isNew = scan === undefined || scan.ended_at !== null;
    if (scan && isNew && scan.began_at + roundMs > now) continue;
    const beganAt = scan && !isNew ? scan.began_at : now;
    const done = scan && !isNew ? (JSON.parse(scan.counts) as { readonly checked: number }).checked : 0;
    const due = Math.ceil((total * Math.min(now + everyMs - beganAt, roundMs)) / roundMs) - done;
    // A round that has looked at everything still has to come to its end.
    if (due > 0 || (!isNew && done >= total)) quotas.set(name, Math.max(due, 1));
  }
  return quotas;
}

const executed = facetOf('sourceState', 'EXECUTED');

async function countAll(database: Kysely<Tables>): Promise<ReadonlyMap<string, number>> {
  const [copies, contracts] = await Promise.all([
    database
      .selectFrom('archive_ledger')
      .select(({ fn }) => ['destination', fn.countAll<number>().as('count')])
      .where('receipt', 'is not', null)
      .groupBy('destination')
      .execute(),
    // Not from the rows of the contracts, which are wide.
    database
      .selectFrom('archive_facets')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('name', '=', executed.name)
      .where('value', '=', executed.value)
      .executeTakeFirstOrThrow(),
  ]);
  return new Map([...copies.map(({ destination, count }) => [destination, count] as const), [source, contracts.count]]);
}
