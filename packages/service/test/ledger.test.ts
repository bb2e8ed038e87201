import { describeLedger } from '@spotdraft-archive/testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type ArchiveDatabase, openDatabase } from '../src/database/open-database.ts';
import { sqlLedger } from '../src/ledger/sql-ledger.ts';
import { engines, type TestDatabase, type TestEngine } from './test-databases.ts';

/** The suite on one database, emptied after every case, with two connections that share nothing. */
function describeSqlLedger(engine: TestEngine): void {
  let database: TestDatabase;
  let one: ArchiveDatabase;
  let other: ArchiveDatabase;
  beforeAll(async () => {
    database = await engine.create();
    one = await openDatabase(database.options);
    other = await openDatabase(database.options);
  });
  afterAll(async () => {
    await Promise.all([one.close(), other.close()]);
    await database.drop();
  });
  describeLedger('is a ledger', () => ({
    ledger: sqlLedger(one.sql),
    reopen: () => sqlLedger(other.sql),
    cleanup: async () => {
      await one.sql.deleteFrom('archive_ledger').execute();
    },
  }));
}

for (const engine of engines) {
  describe(`the table of attempts on ${engine.name}`, () => {
    if (engine.missing === undefined) describeSqlLedger(engine);
    else it.skip(`is not tested: ${engine.missing}`);
  });
}
