// This adapter beside Google's own client (@googleapis/drive), doing the same job against the same emulator: 500 documents of 200 kB, eight at a
// time after a few to warm up, and one document of 1 GB. Each job runs in a process of its own, so that its memory can be told apart.
// What the adapter does more: a pre-made id for each document, the key, and for the large one an upload that can be resumed.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startGoogleDriveEmulator } from '@spotdraft-archive/testkit/emulators';
import { type Job, jobs, titles } from '../../../scripts/bench/upload-jobs.ts';
import type { Contender, JobResult } from './run-job.ts';
import { warmUps } from './warm-ups.ts';

const execute = promisify(execFile);

interface Measured extends JobResult {
  readonly requestsEach: number;
}

async function measure(contender: Contender, job: Job): Promise<Measured> {
  const emulator = await startGoogleDriveEmulator();
  try {
    const { url, folderId, accessToken } = emulator;
    const flags = ['--conditions=@spotdraft-archive/source', join(import.meta.dirname, 'run-job.ts')];
    const { stdout } = await execute(process.execPath, [...flags, contender, job, url, folderId, accessToken]);
    return { ...(JSON.parse(stdout) as JobResult), requestsEach: emulator.requests.count() / (jobs[job].documents + warmUps[job]) };
  } finally {
    await emulator.stop();
  }
}

const contenders = ['adapter', 'vendor'] as const;
const rounds = { many: 3, large: 1 };

/** The fastest round of each. They take turns, so that what else the machine does is shared. */
async function compare(job: Job): Promise<Readonly<Record<Contender, Measured>>> {
  const results: Record<Contender, Measured[]> = { adapter: [], vendor: [] };
  for (let round = 0; round < rounds[job]; round += 1) {
    for (const contender of contenders) results[contender].push(await measure(contender, job));
  }
  const best = (contender: Contender) => results[contender].toSorted((a, b) => a.seconds - b.seconds)[0] as Measured;
  return { adapter: best('adapter'), vendor: best('vendor') };
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
const ratio = (ours: number, theirs: number) => (ours / theirs).toFixed(2);

for (const job of ['many', 'large'] as const) {
  const { adapter: ours, vendor: theirs } = await compare(job);
  console.log(titles[job]);
  for (const [name, { documents, seconds, cpuSeconds, peakBytes, requestsEach }] of [
    ['googleDrive', ours],
    ['@googleapis/drive', theirs],
  ] as const) {
    const speed = `${(documents / seconds).toFixed(job === 'many' ? 0 : 3)} documents/s`;
    const effort = `${seconds.toFixed(1)} s, of which computing ${cpuSeconds.toFixed(1)} s`;
    console.log(`  ${name.padEnd(18)} ${speed}, ${effort}, peak ${megabytes(peakBytes)} MB, ${requestsEach.toFixed(2)} requests each`);
  }
  const ratios = {
    speed: ratio(theirs.seconds, ours.seconds),
    computing: ratio(ours.cpuSeconds, theirs.cpuSeconds),
    'peak memory': ratio(ours.peakBytes, theirs.peakBytes),
  };
  console.log(
    `  ratio              ${Object.entries(ratios)
      .map((entry) => entry.join(' '))
      .join(', ')}`,
  );
}
