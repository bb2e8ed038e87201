// What repair, completeness and verify take over an archive in which all is well: time, the largest memory, and requests to SpotDraft, whose lists are
// answered within the process. A tenth of the contracts comes first, to show what grows. Their processes have a heap of 64 MB.

import { scaled } from '../../../scripts/bench/scaled.ts';
import { openDatabase } from '../src/database/open-database.ts';
import { fillIndex } from '../test/fill-index.ts';
import { engines } from '../test/test-databases.ts';
import { fillLedger } from './fill-ledger.ts';
import { gatherStatistics } from './gather-statistics.ts';
import { runInProcess } from './run-in-process.ts';
import type { ScanMeasure, ScanTask } from './run-scan.ts';

for (const engine of engines) {
  for (const count of [scaled(10_000), scaled(100_000)]) {
    const { options: database, drop } = await engine.create();
    const opened = await openDatabase(database);
    await fillIndex(opened.sql, count);
    await fillLedger(opened.sql, count, ['drive', 'box']);
    await gatherStatistics(opened);
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
