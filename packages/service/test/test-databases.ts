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
  /** Why the suite cannot run on it here. */
  readonly missing?: string | undefined;
  create(): Promise<TestDatabase>;
}

const serverUrls = [
  process.env.DATABASE_URL,
  'postgres://root@127.0.0.1:5432/postgres',
  'postgres://postgres@127.0.0.1:5432/postgres',
].filter((url) => url !== undefined);

const serverUrl = await findServer();

/** SQLite, and PostgreSQL at DATABASE_URL or on this machine's usual port. */
export const engines: readonly TestEngine[] = [
  { name: 'SQLite', create: createFile },
  {
    name: 'PostgreSQL',
    missing: serverUrl === undefined ? 'no PostgreSQL answers at DATABASE_URL or 127.0.0.1:5432' : undefined,
    create: () => createSchema(serverUrl ?? ''),
  },
];

async function createFile(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-service-'));
  return { options: { dataDir }, drop: () => rm(dataDir, { recursive: true, force: true }) };
}

/** A schema is as good as a database to us, and much faster to make. */
async function createSchema(server: string): Promise<TestDatabase> {
  const schema = `archive_test_${randomUUID().slice(0, 13).replace('-', '')}`;
  await execute(server, `create schema ${schema}`);
  const url = new URL(server);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return {
    options: { connectionString: url.href },
    drop: () => execute(server, `drop schema if exists ${schema}, ${queueSchemaOf(schema)} cascade`),
  };
}

async function execute(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 2_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function findServer(): Promise<string | undefined> {
  for (const url of serverUrls) {
    try {
      await execute(url, 'select 1');
      return url;
    } catch {
      // The next one may answer.
    }
  }
  return undefined;
}
