import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseOptions } from '../src/index.ts';
import { createSchema, type TestSchema } from './test-schemas.ts';

/** A database of its own for one test. */
export interface TestDatabase {
  readonly options: DatabaseOptions;
  readonly drop: () => Promise<void>;
}

/** A kind of database that the suite runs on. */
export interface TestEngine {
  readonly name: string;
  /** An empty one. */
  create(): Promise<TestDatabase>;
  /** One that may have its tables already, and nothing in them. */
  createReady(): Promise<TestDatabase>;
}

export const engines: readonly TestEngine[] = [
  { name: 'SQLite', create: createFile, createReady: createFile },
  { name: 'PostgreSQL', ...schemasFrom(createSchema) },
];

/** PostgreSQL, with some other source of schemas that have their tables. */
export function schemasFrom(takeReady: () => Promise<TestSchema>): Pick<TestEngine, 'create' | 'createReady'> {
  return { create: async () => databaseIn(await createSchema()), createReady: async () => databaseIn(await takeReady()) };
}

function databaseIn({ connectionString, drop }: TestSchema): TestDatabase {
  return { options: { connectionString }, drop };
}

async function createFile(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-service-'));
  return { options: { dataDir }, drop: () => rm(dataDir, { recursive: true, force: true }) };
}
