import { describeLedger } from '@spotdraft-archive/testkit';
import { afterAll } from 'vitest';
import { type ArchiveDatabase, openDatabase } from '../src/database/open-database.ts';
import { sqlLedger } from '../src/ledger/sql-ledger.ts';
import { describeOnEngines } from './describe-on-engines.ts';

interface Connections {
  readonly one: ArchiveDatabase;
  /** Shares nothing with the first, as if it were another process's. */
  readonly other: ArchiveDatabase;
  readonly close: () => Promise<void>;
}

// One database for the whole suite, emptied after every case: making one takes longer than a case does.
describeOnEngines('the table of attempts', (engine) => {
  let connections: Promise<Connections> | undefined;
  afterAll(async () => (await connections)?.close());

  const connect = async (): Promise<Connections> => {
    const { options, drop } = await engine.create();
    const [one, other] = [await openDatabase(options), await openDatabase(options)];
    const close = async (): Promise<void> => {
      await Promise.all([one.close(), other.close()]);
      await drop();
    };
    return { one, other, close };
  };

  describeLedger('is a ledger', async () => {
    connections ??= connect();
    const { one, other } = await connections;
    return {
      ledger: sqlLedger(one.sql),
      reopen: () => sqlLedger(other.sql),
      cleanup: async () => {
        await one.sql.deleteFrom('archive_ledger').execute();
      },
    };
  });
});
