import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ArchiveError, createSpotDraftClient } from '@spotdraft-archive/core';
import { memoryDestination, testWebhookKey } from '@spotdraft-archive/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../src/database/open-database.ts';
import { type ArchiveServiceOptions, createArchiveService } from '../src/index.ts';
import { describeOnEngines } from './describe-on-engines.ts';
import { engines } from './test-databases.ts';

const options: ArchiveServiceOptions = {
  spotdraft: createSpotDraftClient({ baseUrl: 'http://127.0.0.1:1', source: 'test', clientId: 'id', clientSecret: 'secret' }),
  destinations: { drive: memoryDestination() },
  database: { dataDir: '/nowhere' },
  webhook: { keys: testWebhookKey },
};

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return ArchiveError.isInstance(error) ? error.code : String(error);
}

describe('a service with wrong options', () => {
  it.each<[string, object]>([
    ['spotdraft', { spotdraft: undefined }],
    ['destinations', { destinations: {} }],
    ['database', { database: {} }],
    ['database', { database: { dataDir: './data', connectionString: 'postgres://host/db' } }],
    ['database.connectionString', { database: { connectionString: 'mysql://host/db' } }],
    ['keys', { webhook: { keys: 'no base64' } }],
    ['index.keyPointers', { index: { keyPointers: 'yes' } }],
    ['index.expiryDate', { index: { expiryDate: 'end' } }],
    ['versions', { versions: 'replace' }],
    ['writeBack.to', { writeBack: { to: 'email' } }],
    ['writeBack.fieldName', { writeBack: { to: 'key-pointer' } }],
    ['jobs.concurrency', { jobs: { concurrency: 0 } }],
    ['jobs.leaseMs', { jobs: { leaseMs: Number.NaN } }],
    ['schedule.repair.everyMs', { schedule: { repair: { everyMs: 0, days: 1 } } }],
    ['alarms.onAlarm', { alarms: {} }],
    ['webhook.subscription.url', { webhook: { keys: testWebhookKey, subscription: { url: 'here' } } }],
    ['alarms.overdueMs', { alarms: { onAlarm: () => {}, overdueMs: -1 } }],
    ['sampleShare', { schedule: { verify: { sampleShare: 2 } } }],
  ])('is not made, and the error names "%s" (case %#)', (option, changes) => {
    const make = () => createArchiveService({ ...options, ...changes });
    expect(make).toThrow(expect.objectContaining({ name: 'ConfigurationError', details: { option } }));
  });
});

describe('a service whose database cannot be opened', () => {
  it('says so at start when the server does not answer, and is not started', async () => {
    const service = createArchiveService({ ...options, database: { connectionString: 'postgres://root:secret-word@127.0.0.1:1/none' } });
    const error = await service.start().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ledger.unavailable', recovery: 'retry' });
    expect(JSON.stringify(error) + String(error)).not.toContain('secret-word');
    expect(await codeOf(service.status('T-1'))).toBe('ledger.unavailable');
    await service.stop();
  });

  it('says so at start when the folder is a file, or the file is no database', async () => {
    const { options: database, drop } = await engines[0]!.create();
    onTestFinished(drop);
    const file = join(database.dataDir ?? '', 'archive.sqlite');
    await writeFile(file, 'this is no database, but long enough to be taken for one: '.repeat(40));
    for (const dataDir of [database.dataDir ?? '', file]) {
      expect(await codeOf(createArchiveService({ ...options, database: { dataDir } }).start())).toBe('ledger.unavailable');
    }
  });
});

it('a service waits for another process that is making the SQLite file', async () => {
  const { options: database, drop } = await engines[0]!.create();
  onTestFinished(drop);
  const other = new DatabaseSync(join(database.dataDir ?? '', 'archive.sqlite'));
  other.exec('create table others (id integer); begin immediate');
  const service = createArchiveService({ ...options, database });
  onTestFinished(() => service.stop());
  const started = service.start();
  setTimeout(() => {
    other.exec('rollback');
    other.close();
  }, 50);
  await expect(started).resolves.toBeUndefined();
});

describeOnEngines('the tables', (engine) => {
  it('are made once by services that start at the same time', async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const services = Array.from({ length: 4 }, () => createArchiveService({ ...options, database }));
    await Promise.all(services.map((service) => service.start()));
    for (const service of services) expect((await service.status('T-1')).state).toBe('absent');
    await Promise.all(services.map((service) => service.stop()));
  });

  it('of a newer version are not touched', async () => {
    const { options: database, drop } = await engine.create();
    onTestFinished(drop);
    const opened = await openDatabase(database);
    await opened.sql.insertInto('archive_schema').values({ version: 99, applied_at: 1 }).execute();
    await opened.close();
    const error = await createArchiveService({ ...options, database })
      .start()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ledger.migration_required', recovery: 'operator', details: { version: 99 } });
  });
});
