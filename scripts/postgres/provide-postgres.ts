import { findPostgres } from './find-postgres.ts';
import { startPostgres } from './start-postgres.ts';

/**
 * Names a PostgreSQL server in DATABASE_URL, for this process and those it starts: one that is there already, or one that is started for it.
 * Answers how to end what was started.
 */
export async function providePostgres(): Promise<() => Promise<void>> {
  const found = await findPostgres();
  const { url, stop } = found === undefined ? await startPostgres() : { url: found, stop: async () => {} };
  process.env.DATABASE_URL = url;
  return stop;
}

/** What vitest calls before the first test of a project. */
export default providePostgres;
