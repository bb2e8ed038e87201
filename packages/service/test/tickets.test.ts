import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { enqueueJob } from '../src/jobs/enqueue-job.ts';
import { queueSchemaOf } from '../src/jobs/pg-boss/queue-schema.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { copiesIn, startTestArchive } from './test-archive.ts';
import { engines } from './test-databases.ts';
import { openTestQueue } from './test-queue.ts';

describeOnEngines('a database whose jobs no queue knows of', (engine) => {
  it('as from a version without one, or from a backup of half of it, has them done after a start', async () => {
    const { database, emulator, service, stores } = await startTestArchive(engine);
    await service.stop();
    const contracts = Array.from({ length: 3 }, () => emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' }));
    const { store, close } = await openTestQueue(database);
    const now = Date.now();
    for (const { id, number } of contracts) {
      const job = { subject: id, contract_id: id, contract_number: number, wanted: 1, claimed: 0, attempts: 0, due_at: now };
      await store.sql
        .insertInto('archive_jobs')
        .values({ ...job, state: 'waiting' })
        .execute();
    }
    const abandoned = { state: 'running', lease_token: 'gone', lease_until: now - 1 } as const;
    await store.sql.updateTable('archive_jobs').set(abandoned).where('subject', '=', contracts[0]!.id).execute();
    await close();

    await service.start();
    await service.idle();
    expect(copiesIn(stores.drive)).toEqual(contracts.map(({ id }) => id).toSorted());
  });
});

describe.each(engines.filter(({ name }) => name === 'PostgreSQL'))('a process on $name', (engine) => {
  it('hears at once of a job that another process has sent', async () => {
    const { options, drop } = await engine.create();
    onTestFinished(drop);
    const wake = vi.fn<() => void>();
    const [sender, listener] = [await openTestQueue(options), await openTestQueue(options, wake)];
    wake.mockClear();
    await enqueueJob(sender.store, { subject: 'T-7', contractNumber: 7, dueAt: Date.now() + 60_000 });
    await enqueueJob(sender.store, { subject: 'T-8', contractNumber: 8, dueAt: Date.now() });
    await expect.poll(() => wake.mock.calls.length).toBe(1);
    await Promise.all([sender.close(), listener.close()]);
  });
});

describe('the schema of the queue', () => {
  it.each(['public', 'archive', 'an odd name', 'archive-1', 'ARCHIVE', 'a'.repeat(63)])('is a plain and short name for "%s"', (schema) => {
    expect(queueSchemaOf(schema)).toMatch(/^[a-z_][a-z0-9_]{0,49}$/);
  });

  it('is another one for every archive', () => {
    const schemas = ['archive', 'ARCHIVE', 'archive-1', 'archive_1', 'a'.repeat(62), 'a'.repeat(63)];
    expect(new Set(schemas.map(queueSchemaOf)).size).toBe(schemas.length);
  });
});
