import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DatabaseOptions } from '../src/index.ts';
import { queueSchemaOf } from '../src/jobs/pg-boss/queue-schema.ts';

/** An empty database of its own for one test. */
export interface TestDatabase {
  readonly options: DatabaseOptions;
  readonly drop: () => Promise<void>;
}

/** A kind of database that the suite runs on. */
export interface TestEngine {
  readonly name: string;
  create(): Promise<TestDatabase>;
}

/** Named by the test run, which starts one when there is none. */
const serverUrl = process.env.DATABASE_URL ?? '';

export const engines: readonly TestEngine[] = [
  { name: 'SQLite', create: createFile },
  { name: 'PostgreSQL', create: createSchema },
];

async function createFile(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-service-'));
  return { options: { dataDir }, drop: () => rm(dataDir, { recursive: true, force: true }) };
}

/** A schema is as good as a database to us, and much faster to make. */
async function createSchema(): Promise<TestDatabase> {
  const schema = `archive_test_${randomUUID().slice(0, 13).replace('-', '')}`;
  await execute(`create schema ${schema}`);
  const url = new URL(serverUrl);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return {
    options: { connectionString: url.href },
    drop: () => execute(`drop schema if exists ${schema}, ${queueSchemaOf(schema)} cascade`),
  };
}

async function execute(statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
