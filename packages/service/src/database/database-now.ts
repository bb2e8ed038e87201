import { type RawBuilder, sql as raw } from 'kysely';
import type { ArchiveDatabase } from './open-database.ts';

/** The database's own time in milliseconds since 1970, when the statement runs. So clocks of machines may differ, and statements may wait. */
export function databaseNow(engine: ArchiveDatabase['engine']): RawBuilder<number> {
  if (engine === 'postgres') return raw`(extract(epoch from clock_timestamp()) * 1000)::bigint`;
  return raw`cast(unixepoch('subsec') * 1000 as integer)`;
}
