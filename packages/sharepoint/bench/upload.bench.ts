// This adapter beside Microsoft's own client (@microsoft/microsoft-graph-client), doing the same job against the same emulator: 500 documents of
// 200 kB, eight at a time, and one document of 1 GB. Each job runs in a process of its own, so that its memory can be told apart.
// What the adapter does more: site, library and columns are found first, the key is written, and the large upload can be resumed.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit/emulators';
import { type Job, titles } from '../../../scripts/bench/upload-jobs.ts';
import { sharePoint } from '../src/index.ts';
import type { Contender, JobResult, Place } from './run-job.ts';

const execute = promisify(execFile);

interface Measured extends JobResult {
  readonly requests: number;
}

async function measure(contender: Contender, job: Job): Promise<Measured> {
  const emulator = await startMicrosoftGraphEmulator();
  try {
    const { cloud, siteUrl, library, urls, accessToken: token } = emulator;
    // Both find the columns made.
    await sharePoint({ auth: token, cloud, siteUrl, library: 'Contracts' }).check();
    emulator.requests.clear();
    const place: Place = { ...cloud, uploadsUrl: urls.uploads, siteUrl, driveId: library.id, token };
    const flags = ['--conditions=@spotdraft-archive/source', join(import.meta.dirname, 'run-job.ts')];
    const { stdout } = await execute(process.execPath, [...flags, contender, job, JSON.stringify(place)]);
    return { ...(JSON.parse(stdout) as JobResult), requests: emulator.requests.count() };
  } finally {
    await emulator.stop();
  }
}

const rounds = { many: 3, large: 1 };

async function best(contender: Contender, job: Job): Promise<Measured> {
  const results: Measured[] = [];
  for (let round = 0; round < rounds[job]; round += 1) results.push(await measure(contender, job));
  return results.toSorted((a, b) => a.seconds - b.seconds)[0] as Measured;
}

const ratio = (ours: number, theirs: number) => (ours / theirs).toFixed(2);

for (const job of ['many', 'large'] as const) {
  const ours = await best('adapter', job);
  const theirs = await best('vendor', job);
  console.log(titles[job]);
  for (const [name, { documents, seconds, peakBytes, requests }] of [
    ['sharePoint', ours],
    ['microsoft-graph-client', theirs],
  ] as const) {
    const speed = `${(documents / seconds).toFixed(job === 'many' ? 0 : 3)} documents/s, ${seconds.toFixed(1)} s`;
    console.log(
      `  ${name.padEnd(23)} ${speed}, peak ${(peakBytes / 1e6).toFixed(0)} MB, ${(requests / documents).toFixed(2)} requests each`,
    );
  }
  console.log(
    `  ratio                   speed ${ratio(theirs.seconds, ours.seconds)}, peak memory ${ratio(ours.peakBytes, theirs.peakBytes)}`,
  );
}
