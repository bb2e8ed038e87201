// This adapter, on a work and on a personal account, beside Microsoft's own client (@microsoft/microsoft-graph-client) on a work account, against
// the same emulator: 500 documents of 200 kB, eight at a time, and one document of 1 GB. Each job runs in a process of its own, so that its memory
// can be told apart. What the adapter does more: drive and columns are found first, the key is written, and the large upload can be resumed.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit/emulators';
import { type Job, titles } from '../../../scripts/bench/upload-jobs.ts';
import { oneDrive } from '../src/index.ts';
import type { Contender, JobResult, Place } from './run-job.ts';

const contenders: Readonly<Record<Contender, string>> = {
  work: 'oneDrive, work',
  personal: 'oneDrive, personal',
  vendor: 'microsoft-graph-client',
};

async function measure(contender: Contender, job: Job): Promise<JobResult & { readonly requests: number }> {
  const emulator = await startMicrosoftGraphEmulator();
  try {
    const { cloud, urls, work, personal } = emulator;
    const { drive, accessToken: token } = contender === 'personal' ? personal : work;
    // All find the columns made.
    await oneDrive({ auth: token, cloud, drive: { driveId: drive.id } }).check();
    emulator.requests.clear();
    const place: Place = { cloud, uploadsUrl: urls.uploads, driveId: drive.id, token };
    const program = ['--conditions=@spotdraft-archive/source', join(import.meta.dirname, 'run-job.ts')];
    const { stdout } = await promisify(execFile)(process.execPath, [...program, contender, job, JSON.stringify(place)]);
    return { ...(JSON.parse(stdout) as JobResult), requests: emulator.requests.count() };
  } finally {
    await emulator.stop();
  }
}

for (const [job, rounds] of [
  ['many', 3],
  ['large', 1],
] as const) {
  console.log(titles[job]);
  for (const contender of Object.keys(contenders) as Contender[]) {
    const results: Awaited<ReturnType<typeof measure>>[] = [];
    for (let round = 0; round < rounds; round += 1) results.push(await measure(contender, job));
    const best = results.toSorted((a, b) => a.seconds - b.seconds)[0];
    if (best === undefined) continue;
    const { documents, seconds, peakBytes, requests } = best;
    const speed = `${(documents / seconds).toFixed(job === 'many' ? 0 : 3)} documents/s, ${seconds.toFixed(1)} s`;
    const memory = `peak ${(peakBytes / 1e6).toFixed(0)} MB`;
    console.log(`  ${contenders[contender].padEnd(22)} ${speed}, ${memory}, ${(requests / documents).toFixed(2)} requests each`);
  }
}
