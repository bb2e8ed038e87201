import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** The names of all destinations that there are receipts of, also of those that were removed since. Steps from name to name, as there are many receipts of each. */
export async function receiptedDestinations(database: Kysely<Tables>): Promise<readonly string[]> {
  const names: string[] = [];
  for (let last: string | undefined; ; ) {
    const { name } = await database
      .selectFrom('archive_ledger')
      .select(({ fn }) => fn.min('destination').as('name'))
      .where('receipt', 'is not', null)
      .$if(last !== undefined, (query) => query.where('destination', '>', last ?? ''))
      .executeTakeFirstOrThrow();
    // The type leaves out that there may be no row to take the least of.
    if ((name as string | null) === null) return names;
    names.push(name);
    last = name;
  }
}
