// How fast contracts travel from SpotDraft to a folder, beside the simplest code that would save the same files: download into memory, write.
// What the archive does more: confirm the state, hash while reading, read back what is on the disk, sync it, keep receipts.

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveContract, createSpotDraftClient, memoryLedger } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit/emulators';
import PQueue from 'p-queue';
import { scaled } from '../../../scripts/bench/scaled.ts';
import { filesystem } from '../src/index.ts';

const contracts = scaled(300);
const size = 200_000;
const concurrency = 8;

const emulator = await startSpotDraftEmulator({ rateLimit: false });
const { clientId, clientSecret, url } = emulator;
const document = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 15), Buffer.from('%%EOF\n')]);
const ids = Array.from(
  { length: contracts },
  (_, index) => emulator.state.addContract({ title: `Agreement ${index}`, status: 'EXECUTED', document }).id,
);

async function perSecond(work: (id: string, directory: string) => Promise<unknown>): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'archive-bench-'));
  const queue = new PQueue({ concurrency });
  const startedAt = performance.now();
  await Promise.all(ids.map((id) => queue.add(() => work(id, directory))));
  const seconds = (performance.now() - startedAt) / 1000;
  await rm(directory, { recursive: true });
  return contracts / seconds;
}

async function save(id: string, directory: string): Promise<void> {
  const address = `${url}/api/v2.1/public/contracts/${id}/download`;
  const response = await fetch(address, { method: 'POST', headers: { 'client-id': clientId, 'client-secret': clientSecret } });
  await writeFile(join(directory, `${id}.pdf`), Buffer.from(await response.arrayBuffer()));
}

const spotdraft = createSpotDraftClient({ baseUrl: url, clientId, clientSecret, requestsPerSecond: 1_000_000, concurrency: 64 });
const ledger = memoryLedger();
let round = 0;
async function archive(id: string, directory: string): Promise<void> {
  const { complete } = await archiveContract(id, { spotdraft, ledger, destinations: { [`folder${round}`]: filesystem({ directory }) } });
  if (!complete) throw new Error(`${id} was not archived.`);
}

const results = { save: 0, archive: 0 };
for (round = 0; round < 3; round++) {
  results.save = Math.max(results.save, await perSecond(save));
  emulator.requests.clear();
  results.archive = Math.max(results.archive, await perSecond(archive));
}
const requests = emulator.requests.count({ origin: 'api' }) / contracts;
await emulator.stop();

console.log(`${contracts} contracts of ${size / 1000} kB, ${concurrency} at a time, best of 3`);
console.log(`download and write   ${results.save.toFixed(0)} contracts/s`);
console.log(`archiveContract      ${results.archive.toFixed(0)} contracts/s, ${requests.toFixed(1)} requests to SpotDraft each`);
console.log(`ratio                ${(results.archive / results.save).toFixed(2)}`);
