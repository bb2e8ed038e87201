import { describeLedger } from '@spotdraft-archive/testkit';
import { describe, it } from 'vitest';
import { type ArchiveDatabase, openDatabase } from '../src/database/open-database.ts';
import { sqlLedger } from '../src/ledger/sql-ledger.ts';
import { engines } from './test-databases.ts';

for (const engine of engines) {
  if (engine.missing !== undefined) {
    describe(`the ledger on ${engine.name}`, () => it.skip(`is not tested: ${engine.missing}`));
    continue;
  }
  describeLedger(`the ledger on ${engine.name}`, async () => {
    const database = await engine.create();
    const open: ArchiveDatabase[] = [];
    const openLedger = async () => {
      const connection = await openDatabase(database.options);
      open.push(connection);
      return sqlLedger(connection.sql);
    };
    return {
      ledger: await openLedger(),
      reopen: openLedger,
      cleanup: async () => {
        await Promise.all(open.map((connection) => connection.close()));
        await database.drop();
      },
    };
  });
}
