import { Client } from 'pg';

const usualUrls = ['postgres://root@127.0.0.1:5432/postgres', 'postgres://postgres@127.0.0.1:5432/postgres'];

/**
 * Finds the PostgreSQL server that tests may use: the one at DATABASE_URL, or one on this machine's usual port that asks for no password.
 * `DATABASE_URL=none` finds none. Throws when the named server does not answer: other tests than those that were meant would run.
 */
export async function findPostgres(environment: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const { DATABASE_URL: named } = environment;
  if (named === 'none') return undefined;
  if (named !== undefined) {
    await connectOnce(named);
    return named;
  }
  for (const url of usualUrls) {
    if (await answers(url)) return url;
  }
  return undefined;
}

/** True when a server takes a connection to this address. */
export async function answers(url: string): Promise<boolean> {
  return connectOnce(url).then(
    () => true,
    () => false,
  );
}

async function connectOnce(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
  } finally {
    await client.end();
  }
}
