// What repair, completeness and verify take over an archive in which all is well: time, the largest memory, and requests to SpotDraft, whose lists are
// answered within the process. A tenth of the contracts comes first, to show what grows. Their processes
// have a heap of 64 MB. BENCH_CONTRACTS=10000 makes it short.

import { openDatabase } from '../src/database/open-database.ts';
import { fillIndex } from '../test/fill-index.ts';
import { engines } from '../test/test-databases.ts';
import { fillLedger } from './fill-ledger.ts';
import { runInProcess } from './run-in-process.ts';
import type { ScanMeasure, ScanTask } from './run-scan.ts';

const contracts = Number(process.env['BENCH_CONTRACTS'] ?? 100_000);

for (const engine of engines) {
  for (const count of [contracts / 10, contracts]) {
    const { options: database, drop } = await engine.create();
    const opened = await openDatabase(database);
    await fillIndex(opened.sql, count);
    await fillLedger(opened.sql, count, ['drive', 'box']);
    await opened.close();
    console.log(`${count} archived contracts in two destinations, ${engine.name}`);
    for (const work of ['nothing', 'repair', 'completeness', 'verify'] as const) {
      const task: ScanTask = { work, database, contracts: count };
      const { looked, findings, seconds, peakBytes, requests } = await runInProcess<ScanMeasure>('run-scan.ts', {
        SCAN: JSON.stringify(task),
      });
      if (findings > 0) throw new Error(`${work} has ${findings} findings where all is well.`);
      console.log(
        `  ${work.padEnd(13)} ${String(looked).padStart(7)} looked at, ${seconds.toFixed(1).padStart(6)} s, peak ${(peakBytes / 1e6).toFixed(0)} MB, ${requests} requests`,
      );
    }
    await drop();
  }
}
