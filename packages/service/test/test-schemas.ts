import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { queueSchemaOf } from '../src/jobs/pg-boss/queue-schema.ts';

/** Named by the test run, which starts one when there is none. */
const serverUrl = process.env.DATABASE_URL ?? '';

/** A schema for the archive's tables on the PostgreSQL server, and the name of the one beside it that the queue makes for its own. */
export interface TestSchema {
  readonly names: readonly [archive: string, queue: string];
  readonly connectionString: string;
  readonly drop: () => Promise<void>;
}

/** A schema is as good as a database to us, and much faster to make. */
export async function createSchema(): Promise<TestSchema> {
  const name = `archive_test_${randomUUID().slice(0, 13).replace('-', '')}`;
  const names = [name, queueSchemaOf(name)] as const;
  await execute(`create schema ${name}`);
  const url = new URL(serverUrl);
  url.searchParams.set('options', `-c search_path=${name}`);
  return { names, connectionString: url.href, drop: async () => void (await execute(`drop schema if exists ${names.join()} cascade`)) };
}

/** To start a connection costs PostgreSQL as much as many statements. */
const server = new Pool({ connectionString: serverUrl, connectionTimeoutMillis: 2_000, max: 1, allowExitOnIdle: true });
// It breaks when the server ends first.
server.on('error', () => {});

/** Runs statements in one transaction, and answers the rows of the only one. */
export async function execute<Row>(statements: string): Promise<readonly Row[]> {
  return (await server.query(statements)).rows as Row[];
}
