import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Does some work in one transaction: in the caller's when there is one, in its own otherwise. */
export async function inTransaction<Result>(sql: Kysely<Tables>, work: (transaction: Kysely<Tables>) => Promise<Result>): Promise<Result> {
  return sql.isTransaction ? work(sql) : sql.transaction().execute(work);
}
