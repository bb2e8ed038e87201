import { sql } from 'kysely';
import type { ArchiveDatabase } from '../src/database/open-database.ts';

/** What PostgreSQL does by itself a minute after so many rows were written, unless its server was told not to. SQLite needs none. */
export async function gatherStatistics({ engine, sql: database }: ArchiveDatabase): Promise<void> {
  if (engine === 'postgres') await sql`analyze`.execute(database);
}
