import { escapeLiteral } from 'pg';
import { openTestQueue } from './test-queue.ts';
import { createSchema, execute, type TestSchema } from './test-schemas.ts';

interface ReadySchema extends TestSchema {
  /** Statements that make the rows what they were when the tables were made. */
  readonly reset: string;
}

/**
 * Schemas whose tables are made, for one test after the other. To make and to drop the tables of the archive and of pg-boss takes PostgreSQL longer
 * than most tests take; to empty them takes next to nothing.
 */
export class ReadySchemas {
  readonly #free: ReadySchema[] = [];

  /** One that no other test uses, with the rows that fresh tables have. What is dropped is there for the next test. */
  async take(): Promise<TestSchema> {
    const schema = this.#free.pop() ?? (await makeReady());
    return { ...schema, drop: () => this.#giveBack(schema) };
  }

  /** Drops those that nobody uses. */
  async drop(): Promise<void> {
    for (const schema of this.#free.splice(0)) await schema.drop();
  }

  async #giveBack(schema: ReadySchema): Promise<void> {
    try {
      await execute(schema.reset);
      this.#free.push(schema);
    } catch {
      // A test has changed its tables, and has not changed them back.
      await schema.drop();
    }
  }
}

async function makeReady(): Promise<ReadySchema> {
  const schema = await createSchema();
  await (await openTestQueue(schema)).close();
  return { ...schema, reset: await resetOf(schema.names) };
}

async function resetOf(schemas: readonly string[]): Promise<string> {
  const tables = await execute<{ readonly name: string }>(
    `select oid::regclass::text as name from pg_class
     where relkind = 'r' and relnamespace in (${schemas.map((name) => `'${name}'::regnamespace`).join()})`,
  );
  const filled: string[] = [];
  const empty: string[] = [];
  for (const { name } of tables) {
    const [row] = await execute<{ readonly rows: string | null }>(`select json_agg(each)::text as rows from ${name} as each`);
    if (!row?.rows) empty.push(`delete from ${name}`);
    else
      filled.push(
        `delete from ${name}`,
        `insert into ${name} select * from json_populate_recordset(null::${name}, ${escapeLiteral(row.rows)})`,
      );
  }
  // Rows of empty tables refer to those of filled ones, and not the other way round.
  return [...empty, ...filled].join(';\n');
}
