import { memoryDestination } from '@spotdraft-archive/testkit';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { queueSchemaOf } from '../src/jobs/pg-boss/queue-schema.ts';
import { copiesIn, quickJobs, startTestArchive, type TestArchive } from './test-archive.ts';
import { engines, type TestEngine } from './test-databases.ts';

/** A server whose disk has no room for some tables: it answers writes as PostgreSQL does then, over the wire, and reads as ever. */
interface FullDisk {
  /** Every write into these tables fails from now on. */
  fill(...tables: readonly string[]): Promise<void>;
  makeRoom(): Promise<void>;
  /** Of the queue's own tables. */
  readonly queueSchema: string;
}

async function fullDiskOf({ database }: TestArchive): Promise<FullDisk> {
  const client = new Client({ connectionString: database.connectionString });
  await client.connect();
  onTestFinished(() => client.end());
  const { rows } = await client.query<{ schema: string }>('select current_schema() as schema');
  const full: string[] = [];
  await client.query(`create function fail_for_want_of_room() returns trigger language plpgsql as
    $$ begin raise exception using errcode = '53100', message = 'could not extend file: No space left on device'; end $$`);
  return {
    queueSchema: queueSchemaOf(rows[0]?.schema ?? ''),
    async fill(...tables) {
      for (const table of tables) {
        await client.query(
          `create trigger no_room before insert or update on ${table} for each row execute function fail_for_want_of_room()`,
        );
        full.push(table);
      }
    },
    async makeRoom() {
      for (const table of full.splice(0)) await client.query(`drop trigger no_room on ${table}`);
    },
  };
}

interface WatchedArchive extends TestArchive {
  readonly disk: FullDisk;
  /** How often something was interrupted because of the disk. */
  readonly interruptions: () => number;
}

async function startWatched(engine: TestEngine, service: Parameters<typeof startTestArchive>[1] = {}): Promise<WatchedArchive> {
  const problem = 'The database of the archive service failed: its disk is full.';
  let interruptions = 0;
  const ignore = (): void => {};
  const error = (fields: object, event: string): void => {
    if (event === 'service.interrupted' && 'message' in fields && fields.message === problem) interruptions += 1;
  };
  const logger = { debug: ignore, info: ignore, warn: ignore, error };
  const archive = await startTestArchive(engine, { ...service, service: { jobs: quickJobs, logger, ...service.service } });
  return { ...archive, disk: await fullDiskOf(archive), interruptions: () => interruptions };
}

const more = quickJobs.attempts + 3;

describe.each(engines.filter(({ name }) => name === 'PostgreSQL'))('a full disk of $name', (engine) => {
  it('has webhooks refused, so that their sender knows, and taken again when there is room', async () => {
    const { emulator, stores, disk, settled, service } = await startWatched(engine);
    await disk.fill('archive_inbox');
    const { id } = emulator.state.createContract({ title: 'NDA' });
    emulator.state.execute(id);
    await emulator.deliveries.settled();
    expect(emulator.deliveries.all.map(({ activity, status }) => [activity, status])).toContainEqual(['CONTRACT_EXECUTED', 500]);
    await disk.makeRoom();
    await service.repair({ from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 60_000) });
    await settled();
    expect(copiesIn(stores.drive)).toEqual([id]);
  });

  it.each([['archive_ledger'], ['archive_contracts'], ['archive_facets']])(
    'at %s costs no job an attempt, and work goes on when there is room',
    async (table) => {
      const { emulator, stores, disk, interruptions, service, settled } = await startWatched(engine);
      await disk.fill(table);
      const { id } = emulator.state.createContract({ title: 'NDA' });
      emulator.state.execute(id);
      await emulator.deliveries.settled();
      await expect.poll(interruptions).toBeGreaterThan(more);
      expect(await service.deadLetters()).toEqual([]);
      await disk.makeRoom();
      await settled();
      expect(await service.status(id)).toMatchObject({ state: 'archived', failures: {} });
      expect([copiesIn(stores.drive), copiesIn(stores.box)]).toEqual([[id], [id]]);
    },
  );

  it.each([
    ['the jobs', () => ['archive_jobs']],
    ['the queue', ({ queueSchema }: FullDisk) => [`${queueSchema}.job`]],
  ] as const)('that leaves no room for what became of %s costs no job an attempt either', async (_name, tablesOf) => {
    const drive = memoryDestination();
    let filled: Promise<void> | undefined;
    const { disk, ...archive } = await startWatched(engine, {
      service: {
        destinations: {
          drive: { ...drive, put: async (...given) => (await (filled ??= disk.fill(...tablesOf(disk))), drive.put(...given)) },
        },
      },
    });
    const { emulator, interruptions, service, settled } = archive;
    drive.store.faults.inject({ request: 'create', times: 1 });
    const { id } = emulator.state.createContract({ title: 'NDA' });
    emulator.state.execute(id);
    await emulator.deliveries.settled();
    await expect.poll(interruptions).toBeGreaterThan(more);
    expect(await service.deadLetters()).toEqual([]);
    await disk.makeRoom();
    await settled();
    expect(await service.status(id)).toMatchObject({ state: 'archived', failures: {} });
    expect(copiesIn(drive)).toEqual([id]);
  });
});
