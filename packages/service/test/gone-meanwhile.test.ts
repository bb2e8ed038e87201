import { type MemoryDestination, memoryDestination, signedWebhook } from '@spotdraft-archive/testkit';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import type { ArchiveService } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';
import { engines } from './test-databases.ts';

/** A store that has something happen before it takes a document. */
function storeAfter(happening: () => Promise<void>): MemoryDestination {
  const store = memoryDestination();
  return {
    ...store,
    async put(...given) {
      await happening();
      return store.put(...given);
    },
  };
}

async function tell(service: ArchiveService, payload: { readonly contract_id: number; readonly activity: string }): Promise<number> {
  const { headers, body } = signedWebhook({ payload });
  return (await service.handler(new Request('http://x.test', { method: 'POST', headers, body }))).status;
}

describeOnEngines('a contract that is gone while it is archived', (engine) => {
  it.each([
    ['CONTRACT_DELETED', 'DELETED'],
    ['CONTRACT_VOIDED', 'VOIDED'],
  ])('is marked in the index by %s, and its copy stays', async (activity, sourceState) => {
    let happening = async (): Promise<void> => {};
    const drive = storeAfter(() => happening());
    const { emulator, service, settled } = await startTestArchive(engine, { service: { destinations: { drive } } });
    const { id, number } = emulator.state.createContract({ title: 'Gone' });
    happening = async () => expect(await tell(service, { contract_id: number, activity })).toBe(202);
    emulator.state.execute(id);
    await settled();
    expect(await service.status(id)).toMatchObject({ state: 'archived', sourceState });
    expect(await service.facets()).toMatchObject({ facets: { sourceState: [{ value: sourceState, count: 1 }] } });
    expect(copiesIn(drive)).toEqual([id]);
  });

  it('is marked too when its process was killed between the row of the index and the mark', async () => {
    const { emulator, database: options, service, settled } = await startTestArchive(engine);
    const { id } = emulator.state.createContract({ title: 'Gone' });
    emulator.state.execute(id);
    await settled();
    emulator.state.delete(id);
    await settled();
    // What the killed process has left: a row as if nothing were gone, and a job that is still to be done.
    const database = await openDatabase(options);
    await database.sql.updateTable('archive_contracts').set({ source_state: 'EXECUTED' }).execute();
    await database.close();
    await service.archive(id);
    expect(await service.status(id)).toMatchObject({ state: 'archived', sourceState: 'DELETED' });
  });

  it('is not marked by a webhook of the past when SpotDraft has it again', async () => {
    const { emulator, database: options, service, settled } = await startTestArchive(engine);
    const { id, number } = emulator.state.createContract({ title: 'Back again' });
    await tell(service, { contract_id: number, activity: 'CONTRACT_DELETED' });
    const database = await openDatabase(options);
    await database.sql.updateTable('archive_inbox').set({ received_at: 1 }).execute();
    await database.close();
    emulator.state.execute(id);
    await settled();
    expect(await service.status(id)).toMatchObject({ state: 'archived', sourceState: 'EXECUTED' });
  });

  it('says nothing about the historical contract of the same number', async () => {
    const { emulator, service } = await startTestArchive(engine);
    await tell(service, { contract_id: 7, activity: 'CONTRACT_DELETED' });
    await service.archive('H-7');
    // SpotDraft does not show it, which nobody has explained: a person has to look.
    expect((await service.status('H-7')).state).not.toBe('absent');
    emulator.state.addContract({ title: 'Old', id: 'H-7', status: 'EXECUTED' });
    await service.archive('H-7');
    expect(await service.status('H-7')).toMatchObject({ state: 'archived', sourceState: 'EXECUTED' });
  });
});

describe('a contract that is gone, on PostgreSQL', () => {
  it('is marked when the webhook is not committed yet while its job looks for it', async () => {
    const engine = engines.find(({ name }) => name === 'PostgreSQL')!;
    let happening = async (): Promise<void> => {};
    const drive = storeAfter(() => happening());
    const { emulator, database, service } = await startTestArchive(engine, { service: { destinations: { drive } } });
    const client = new Client({ connectionString: database.connectionString });
    await client.connect();
    onTestFinished(() => client.end());
    // The transaction of a deletion waits at its very end for whoever holds this lock.
    const lock = Math.floor(Math.random() * 2 ** 31);
    await client.query(`
      create function wait_at_commit() returns trigger language plpgsql as
        $$ begin if new.activity = 'CONTRACT_DELETED' then perform pg_advisory_xact_lock(${lock}); end if; return null; end $$;
      create constraint trigger wait_at_commit after insert on archive_inbox deferrable initially deferred
        for each row execute function wait_at_commit();
      select pg_advisory_lock(${lock});
    `);
    const { id, number } = emulator.state.createContract({ title: 'Gone' });
    let told: Promise<number> | undefined;
    happening = async () => {
      told = tell(service, { contract_id: number, activity: 'CONTRACT_DELETED' });
      const waiting = `select count(*)::int as count from pg_locks where locktype = 'advisory' and objid = ${lock} and not granted`;
      await expect.poll(async () => (await client.query(waiting)).rows[0].count).toBe(1);
    };
    emulator.state.execute(id);
    await emulator.deliveries.settled();
    await service.idle();
    expect((await service.status(id)).sourceState).toBe('EXECUTED');
    await client.query(`select pg_advisory_unlock(${lock})`);
    expect(await told).toBe(202);
    expect(await service.status(id)).toMatchObject({ state: 'archived', sourceState: 'DELETED' });
  });
});
