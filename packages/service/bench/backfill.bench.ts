// How fast a year of contracts is archived from a SpotDraft that answers any number of requests, into a store that keeps nothing: contracts a second,
// the largest memory, and requests for each contract. Its process has a heap of 64 MB.

import { contractPdf, startSpotDraftEmulator } from '@spotdraft-archive/testkit/emulators';
import { scaled } from '../../../scripts/bench/scaled.ts';
import { engines } from '../test/test-databases.ts';
import type { BackfillMeasure, BackfillTask } from './run-backfill.ts';
import { runInProcess } from './run-in-process.ts';

const contracts = scaled(10_000);
const yearMs = 365 * 86_400_000;
const beginning = Date.UTC(2025, 0, 1);

const emulator = await startSpotDraftEmulator({ rateLimit: false });
const pdf = await contractPdf({ title: 'Lease', parties: ['A', 'B'] });
for (let index = 0; index < contracts; index += 1) {
  const executedAt = new Date(beginning + Math.floor((index * yearMs) / contracts));
  emulator.state.addContract({ title: `Contract ${index}`, status: 'EXECUTED', createdAt: executedAt, executedAt, document: () => pdf });
}
console.log(`${contracts} contracts of a year, ${(pdf.byteLength / 1_000).toFixed(0)} kB each`);

for (const engine of engines) {
  const { options: database, drop } = await engine.create();
  emulator.requests.clear();
  const { url, clientId, clientSecret } = emulator;
  const task: BackfillTask = { url, clientId, clientSecret, database, from: '2025-01-01', to: '2025-12-31' };
  const { enqueued, seconds, peakBytes, complete } = await runInProcess<BackfillMeasure>('run-backfill.ts', {
    BACKFILL: JSON.stringify(task),
  });
  if (!complete || enqueued !== contracts) throw new Error(`Of ${contracts} contracts ${enqueued} were enqueued; complete: ${complete}.`);
  const requests = emulator.requests.count({ origin: 'api' });
  const lists = emulator.requests.count({ origin: 'api', where: ({ path }) => path.endsWith('/contracts/') });
  const each = ((requests - lists) / contracts).toFixed(2);
  console.log(
    `${engine.name.padEnd(12)} ${(contracts / seconds).toFixed(0)} contracts/s, peak ${(peakBytes / 1e6).toFixed(0)} MB, ` +
      `${each} requests each and ${lists} lists (half of them for completeness)`,
  );
  await drop();
}
await emulator.stop();
