// A process that runs a timer, for tests with several of them. TIMER is JSON. Each run writes its beginning and its end into a file; when there is
// a file with the ending `.hang`, it does not come to its end.

import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { openDatabase } from '../src/database/open-database.ts';
import type { DatabaseOptions } from '../src/index.ts';
import { startTimer } from '../src/schedule/start-timer.ts';

export interface TimerTask {
  readonly database: DatabaseOptions;
  readonly file: string;
  readonly everyMs: number;
  readonly leaseMs: number;
}

const { database: options, file, everyMs, leaseMs } = JSON.parse(process.env['TIMER'] ?? '{}') as TimerTask;
const database = await openDatabase(options);

const note = (text: string): Promise<void> => appendFile(file, `${process.pid} ${text}\n`);

async function run(): Promise<{ looked: number; counts: object }> {
  await note('begins');
  // Long enough for another process to come in between, if it could.
  for (let turn = 0; turn < 30; turn += 1) await appendFile(file, '');
  if (existsSync(`${file}.hang`)) {
    await note('hangs');
    await new Promise(() => {});
  }
  await note('ends');
  return { looked: 0, counts: {} };
}

await note('is up');
startTimer({ name: 'test', everyMs, run }, { database: database.sql, logger: undefined, now: Date.now, leaseMs });
