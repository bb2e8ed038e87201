// This adapter beside Dropbox's own client, doing the same job against the same emulator: 500 documents of 200 kB, eight at a time, and one document of
// 1 GB. Each job runs in a process of its own, so that its memory can be told apart.
// What the adapter does more: key and properties with each document, one commit at a time, and for the large one a hash for each piece, a look before
// the first byte and an upload that can be resumed. The vendor's client is given the hash of small documents by hand, since it computes none itself.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDropboxEmulator } from '@spotdraft-archive/testkit/emulators';
import { type Job, titles } from '../../../scripts/bench/upload-jobs.ts';
import { dropbox } from '../src/index.ts';
import type { Contender, JobResult } from './store.ts';

const execute = promisify(execFile);

interface Measured extends JobResult {
  readonly requests: number;
}

async function measure(contender: Contender, job: Job): Promise<Measured> {
  const emulator = await startDropboxEmulator();
  try {
    const { urls, accessToken } = emulator;
    // The template is set-up, made once for an account.
    await dropbox({ auth: accessToken, path: '/Contracts', baseUrls: urls }).check();
    emulator.requests.clear();
    const flags = ['--conditions=@spotdraft-archive/source', join(import.meta.dirname, 'store.ts')];
    const { stdout } = await execute(process.execPath, [...flags, contender, job, urls.api, urls.content, accessToken]);
    return { ...(JSON.parse(stdout) as JobResult), requests: emulator.requests.count() };
  } finally {
    await emulator.stop();
  }
}

const rounds = 2;

async function best(contender: Contender, job: Job): Promise<Measured> {
  const results: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) results.push(await measure(contender, job));
  return results.toSorted((a, b) => a.seconds - b.seconds)[0] as Measured;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
const ratio = (ours: number, theirs: number) => (ours / theirs).toFixed(2);

for (const job of ['many', 'large'] as const) {
  const ours = await best('adapter', job);
  const theirs = await best('vendor', job);
  console.log(titles[job]);
  for (const [name, { documents, seconds, cpuSeconds, peakBytes, requests }] of [
    ['this adapter', ours],
    ['dropbox', theirs],
  ] as const) {
    const speed = `${(documents / seconds).toFixed(job === 'many' ? 0 : 3)} documents/s`;
    const perDocument = (requests / documents).toFixed(2);
    console.log(
      `  ${name.padEnd(13)} ${speed}, ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU, peak ${megabytes(peakBytes)} MB, ${perDocument} requests each`,
    );
  }
  console.log(
    `  ratio         speed ${ratio(theirs.seconds, ours.seconds)}, CPU ${ratio(ours.cpuSeconds, theirs.cpuSeconds)}, peak memory ${ratio(ours.peakBytes, theirs.peakBytes)}`,
  );
}
