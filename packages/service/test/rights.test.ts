import { randomUUID } from 'node:crypto';
import { createSpotDraftClient } from '@spotdraft-archive/core';
import { memoryDestination, startSpotDraftEmulator, testWebhookKey } from '@spotdraft-archive/testkit';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchiveService, type DatabaseOptions } from '../src/index.ts';
import { queueSchemaOf } from '../src/jobs/pg-boss/queue-schema.ts';
import { engines } from './test-databases.ts';

interface Restricted {
  readonly database: DatabaseOptions;
  /** Makes the schema of the queue, and lets the user work in it. */
  readonly makeQueueSchema: () => Promise<void>;
}

/** A user who may do nothing in the database but use and fill the archive's own schema. */
async function restrictedUser(engine: (typeof engines)[number]): Promise<Restricted> {
  const { options, drop } = await engine.create();
  const url = new URL(options.connectionString ?? '');
  const schema = url.searchParams.get('options')?.split('search_path=')[1] ?? '';
  const user = `archive_user_${randomUUID().slice(0, 8)}`;
  const owner = new Client({ connectionString: url.href });
  await owner.connect();
  const allow = (name: string) => owner.query(`grant usage, create on schema ${name} to ${user}`);
  onTestFinished(async () => {
    await drop();
    await owner.query(`drop owned by ${user}`);
    await owner.query(`drop role ${user}`);
    await owner.end();
  });
  await owner.query(`create role ${user} login password 'restricted'`);
  await allow(schema);
  const restrictedUrl = new URL(url);
  Object.assign(restrictedUrl, { username: user, password: 'restricted' });
  return {
    database: { connectionString: restrictedUrl.href },
    async makeQueueSchema() {
      await owner.query(`create schema ${queueSchemaOf(schema)}`);
      await allow(queueSchemaOf(schema));
    },
  };
}

describe.each(engines.filter(({ name }) => name === 'PostgreSQL'))('a user of $name who may not create schemas', (engine) => {
  it('is told what is missing at start, and archives once somebody has made the schema of the queue', async () => {
    const { database, makeQueueSchema } = await restrictedUser(engine);
    const emulator = await startSpotDraftEmulator({ rateLimit: false });
    onTestFinished(() => emulator.stop());
    const { url: baseUrl, clientId, clientSecret } = emulator;
    const service = createArchiveService({
      spotdraft: createSpotDraftClient({ baseUrl, clientId, clientSecret, source: 'test' }),
      destinations: { drive: memoryDestination() },
      database,
      webhook: { keys: testWebhookKey },
      schedule: false,
    });
    onTestFinished(() => service.stop());
    await expect(service.start()).rejects.toMatchObject({
      code: 'ledger.unavailable',
      message: expect.stringContaining('the user may not do this'),
      hint: expect.stringContaining('_queue'),
    });

    await makeQueueSchema();
    await service.start();
    const { id } = emulator.state.addContract({ title: 'NDA', status: 'EXECUTED' });
    expect(await service.archive(id)).toMatchObject({ state: 'archived' });
    await service.stop();
    // The tables are there now, and may be used by the next process as well.
    await service.start();
    expect((await service.status(id)).state).toBe('archived');
  });
});
