import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Things whose last time is kept. `missed`: repair found contracts that webhooks should have told of. `heard`: a verified webhook came. */
export type MomentName = 'missed' | 'heard';

export async function noteMoment(database: Kysely<Tables>, name: MomentName, at: number): Promise<void> {
  await database
    .insertInto('archive_moments')
    .values({ name, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute();
}

/** Milliseconds since 1970; `undefined` when it never happened. */
export async function readMoment(database: Kysely<Tables>, name: MomentName): Promise<number | undefined> {
  const row = await database.selectFrom('archive_moments').select('at').where('name', '=', name).executeTakeFirst();
  return row?.at;
}

export async function forgetMoment(database: Kysely<Tables>, name: MomentName): Promise<void> {
  await database.deleteFrom('archive_moments').where('name', '=', name).execute();
}
