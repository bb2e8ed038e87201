import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

const prefix = 'keyPointer.';

/** The field names of all key pointers in the index, sorted. Steps from name to name, as there are many rows of each. */
export async function keyPointerNames(database: Kysely<Tables>): Promise<readonly string[]> {
  const names: string[] = [];
  for (let last: string | undefined = prefix; ; ) {
    const { name } = await database
      .selectFrom('archive_facets')
      .select(({ fn }) => fn.min('name').as('name'))
      .where('name', '>', last)
      .executeTakeFirstOrThrow();
    if (!name?.startsWith(prefix)) return names;
    names.push(name.slice(prefix.length));
    last = name;
  }
}
