import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';

/** Named by the test run, which starts one when there is none. */
const server = process.env.DATABASE_URL ?? '';

/** A schema of its own on a PostgreSQL server, until the test ends. Answers its address. */
export async function createDatabase(): Promise<string> {
  const schema = `example_${randomUUID().replaceAll('-', '')}`;
  await execute(`create schema ${schema}`);
  onTestFinished(() => execute(`drop schema if exists ${schema}, ${schema}_queue cascade`));
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
