import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openNodeSqlite } from './node-sqlite.ts';

async function newDatabase() {
  const folder = await mkdtemp(join(tmpdir(), 'archive-sqlite-'));
  const database = openNodeSqlite(join(folder, 'archive.sqlite'));
  onTestFinished(async () => {
    database.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    run: (sql: string, ...parameters: unknown[]) => database.prepare(sql).run(parameters),
    all: (sql: string, ...parameters: unknown[]) => database.prepare(sql).all(parameters),
  };
}

it('a statement that is kept sees what others have changed, also the columns of its table', async () => {
  const { run, all } = await newDatabase();
  run('create table contracts (id integer)');
  run('insert into contracts values (?)', 1);
  expect(all('select * from contracts')).toEqual([{ id: 1 }]);
  run("alter table contracts add column title text default 'NDA'");
  run('insert into contracts (id) values (?)', 2);
  expect(all('select * from contracts where id > ?', 0)).toEqual([
    { id: 1, title: 'NDA' },
    { id: 2, title: 'NDA' },
  ]);
  expect(all('select * from contracts')).toHaveLength(2);
  expect(all('select * from contracts')[0]).toEqual({ id: 1, title: 'NDA' });
});

it('answers any number of different statements', async () => {
  const { all } = await newDatabase();
  for (let round = 0; round < 2; round += 1) {
    for (let number = 0; number < 400; number += 1)
      expect(all(`select ${number} as number, ? as text`, 'x')).toEqual([{ number, text: 'x' }]);
  }
});
