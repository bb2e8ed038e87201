import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openNodeSqlite } from './node-sqlite.ts';
import { connect } from './open-database.ts';
import type { Tables } from './tables.ts';

/** A new database with a table of numbers, and the flushes of its log from then on. */
async function newDatabase() {
  const dataDir = await mkdtemp(join(tmpdir(), 'archive-flush-'));
  const database = connect({ dataDir });
  await sql`create table numbers (number integer)`.execute(database);
  const handle = await open(join(dataDir, 'archive.sqlite-wal'));
  const flushes = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, 'datasync');
  await handle.close();
  onTestFinished(async () => {
    await database.destroy();
    await rm(dataDir, { recursive: true, force: true });
  });
  return { database, flushes };
}

const insert = (database: Kysely<Tables>, number: number) => sql`insert into numbers values (${number})`.execute(database);

async function numbersIn(database: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from numbers`.execute(database);
  return rows[0]?.count ?? 0;
}

describe('a commit', () => {
  it('is told when the disk has it, and others use the connection meanwhile', async () => {
    const { database, flushes } = await newDatabase();
    const disk = Promise.withResolvers<void>();
    flushes.mockReturnValueOnce(disk.promise);
    let isTold = false;
    const first = insert(database, 1).then(() => {
      isTold = true;
    });
    await expect.poll(() => numbersIn(database)).toBe(1);
    expect(isTold).toBe(false);
    disk.resolve();
    await first;
  });

  it('shares its flush with all that were made meanwhile', async () => {
    const { database, flushes } = await newDatabase();
    await Promise.all(
      Array.from({ length: 100 }, (_, number) => database.transaction().execute((transaction) => insert(transaction, number))),
    );
    expect(await numbersIn(database)).toBe(100);
    expect(flushes.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(flushes.mock.calls.length).toBeLessThan(20);
  });

  it('fails when the disk does, and a later one does not', async () => {
    const { database, flushes } = await newDatabase();
    flushes.mockRejectedValueOnce(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }));
    await expect(insert(database, 1)).rejects.toMatchObject({ code: 'ledger.unavailable', recovery: 'retry' });
    await insert(database, 2);
  });
});

it('reading flushes nothing', async () => {
  const { database, flushes } = await newDatabase();
  await numbersIn(database);
  await database.transaction().execute(numbersIn);
  expect(flushes).not.toHaveBeenCalled();
});

it('transactions that are asked for at once run one after the other, in their order', async () => {
  const { database } = await newDatabase();
  const seen: number[] = [];
  await Promise.all(
    [1, 2, 3].map((number) =>
      database.transaction().execute(async (transaction) => {
        seen.push(number, await numbersIn(transaction));
        await insert(transaction, number);
      }),
    ),
  );
  expect(seen).toEqual([1, 0, 2, 1, 3, 2]);
});

it('a database without a log is flushed by SQLite itself', async () => {
  const database = openNodeSqlite(':memory:');
  database.prepare('create table numbers (number integer)').run([]);
  expect(database.prepare('pragma synchronous').all([])).toEqual([{ synchronous: 2 }]);
  await expect(database.flush()).resolves.toBeUndefined();
  await database.closeLog();
  database.close();
});
