import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Kysely } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { searchContracts } from '../src/contracts/search-contracts.ts';
import { allMigrations, migrate } from '../src/database/migrate.ts';
import { connect, openDatabase } from '../src/database/open-database.ts';
import type { Tables } from '../src/database/tables.ts';
import type { DatabaseOptions } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';
import type { TestEngine } from './test-databases.ts';

/** Rows as the first version of the tables kept them. */
const oldRows = {
  archive_inbox: {
    delivery_id: 'a'.repeat(64),
    activity: 'CONTRACT_EXECUTED',
    contract_number: 7,
    subject: '7',
    body: '{"contract_id":7}',
    received_at: 1_700_000_000_000,
    done_at: null,
  },
  archive_jobs: {
    subject: '7',
    contract_number: 7,
    contract_id: null,
    state: 'dead',
    wanted: 3,
    claimed: 3,
    attempts: 24,
    due_at: 1_700_000_000_000,
    failures: '{"drive":{"code":"destination.unavailable","message":"Gone.","recovery":"retry"}}',
  },
  archive_ledger: {
    key: 'test/T-7/1/signed-pdf',
    destination: 'drive',
    contract_id: 'T-7',
    attempts: 2,
    intent: '{"id":"file"}',
    receipt: null,
  },
  archive_contracts: {
    contract_id: 'T-7',
    title: 'Old Lease',
    contract_type: 'Lease',
    counterparties: 'acme gmbh\nacme gmbh',
    metadata: JSON.stringify({ counterparties: ['Acme GmbH', 'Acme GmbH'] }),
    search_text: 't-7\nold lease\nlease\nacme gmbh',
    source_state: 'DELETED',
    archived_at: 1_700_000_000_000,
  },
  archive_parked: { name: 'box', code: 'destination.quota_exceeded', message: 'Full.', hint: null, parked_at: 1_700_000_000_000 },
} as const;

type Rows = { readonly [Table in keyof typeof oldRows]: object };

/** Makes a database as the version that knew so many migrations left it, with rows that were there from the first one on. */
async function makeOldDatabase(options: DatabaseOptions, version: number, rows: Partial<Rows> = oldRows): Promise<void> {
  const sql = connect(options);
  const engine = options.dataDir === undefined ? 'postgres' : 'sqlite';
  await migrate(sql, engine, allMigrations.slice(0, 1));
  for (const [table, row] of Object.entries(rows)) {
    await sql
      .insertInto(table as keyof Rows)
      .values(row)
      .execute();
  }
  await migrate(sql, engine, allMigrations.slice(0, version));
  await sql.destroy();
}

/** What a later version keeps elsewhere; searches tell whether it is there. */
const movedColumns: ReadonlySet<string> = new Set(['counterparties', 'search_text']);

async function expectOldRows(sql: Kysely<Tables>): Promise<void> {
  for (const [table, row] of Object.entries(oldRows)) {
    const found = await sql
      .selectFrom(table as keyof Rows)
      .selectAll()
      .execute();
    const kept = Object.fromEntries(Object.entries(row).filter(([column]) => !movedColumns.has(column)));
    expect(found, table).toMatchObject([kept]);
  }
}

async function emptyDatabase(engine: TestEngine): Promise<DatabaseOptions> {
  const { options, drop } = await engine.create();
  onTestFinished(drop);
  return options;
}

const olderVersions = allMigrations.map((_migration, index) => index + 1).slice(0, -1);

describeOnEngines('a database of an older version', (engine) => {
  it.each(olderVersions)('(%d) is brought up to date, with its rows as they were', async (version) => {
    const options = await emptyDatabase(engine);
    await makeOldDatabase(options, version);
    const database = await openDatabase(options);
    onTestFinished(() => database.close());
    const { sql } = database;
    await expectOldRows(sql);
    const versions = await sql.selectFrom('archive_schema').select('version').orderBy('version').execute();
    expect(versions.map((row) => row.version)).toEqual(allMigrations.map((_migration, index) => index + 1));
    const queries = [
      { text: 'old' },
      { contractType: 'lease' },
      { counterparty: 'acme' },
      { sourceState: 'DELETED' },
      { orderBy: 'title' as const },
    ];
    for (const query of queries) expect(await searchContracts(sql, query)).toMatchObject([{ contractId: 'T-7', title: 'Old Lease' }]);
  });

  it('goes on with the work that was waiting', async () => {
    const options = await emptyDatabase(engine);
    const { emulator, createService, stores } = await startTestArchive(engine);
    const { id, number } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    const job = { subject: id, contract_id: id, contract_number: number, state: 'waiting', wanted: 1, claimed: 0, attempts: 0, due_at: 0 };
    await makeOldDatabase(options, 1, { archive_jobs: job });
    const service = createService({ database: options });
    await service.start();
    await service.idle();
    expect(copiesIn(stores.drive)).toEqual([id]);
    await service.stop();
  });

  it('is brought up to date once by two processes that start together', async () => {
    const options = await emptyDatabase(engine);
    await makeOldDatabase(options, 1);
    const program = fileURLToPath(new URL('try-to-start.ts', import.meta.url));
    const flags = ['--conditions=@spotdraft-archive/source', '--no-warnings', program, options.dataDir ?? options.connectionString];
    const starts = await Promise.all([1, 2].map(() => promisify(execFile)(process.execPath, flags)));
    expect(starts.map(({ stdout }) => stdout.trim())).toEqual(['{"started":true}', '{"started":true}']);
    const database = await openDatabase(options);
    onTestFinished(() => database.close());
    const { sql } = database;
    await expectOldRows(sql);
  });

  it('is not touched by a version that is older than itself', async () => {
    const options = await emptyDatabase(engine);
    await makeOldDatabase(options, 3);
    const sql = connect(options);
    const older = migrate(sql, options.dataDir === undefined ? 'postgres' : 'sqlite', allMigrations.slice(0, 2));
    await expect(older).rejects.toMatchObject({ code: 'ledger.migration_required', details: { version: 3, known: 2 } });
    await expectOldRows(sql);
    await sql.destroy();
  });
});
