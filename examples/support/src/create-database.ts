import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';

const server = process.env.DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres';

/** A schema of its own on a PostgreSQL server, until the test ends. Answers its address. */
export async function createDatabase(): Promise<string> {
  const schema = `example_${randomUUID().replaceAll('-', '')}`;
  await execute(`create schema ${schema}`);
  onTestFinished(() => execute(`drop schema ${schema} cascade`));
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

async function execute(statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
