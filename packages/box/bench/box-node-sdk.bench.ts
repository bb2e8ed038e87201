// The adapter beside box-node-sdk: the same documents into the same emulator, each client in a process of its own.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startBoxEmulator } from '@spotdraft-archive/testkit/emulators';
import { jobs } from '../../../scripts/bench/upload-jobs.ts';
import { box } from '../src/index.ts';
import type { Job, Measured } from './store.ts';

const run = promisify(execFile);
const emulator = await startBoxEmulator();
const place = { baseUrl: emulator.urls.api, uploadUrl: emulator.urls.upload, folderId: emulator.folderId };
// The template is set-up, so that neither pays for it.
await box({ auth: emulator.accessToken, ...place }).check();

async function measure(job: Omit<Job, keyof typeof place>): Promise<Measured & { readonly requests: number }> {
  emulator.requests.clear();
  const program = join(import.meta.dirname, 'store.ts');
  const { stdout } = await run(process.execPath, ['--conditions=@spotdraft-archive/source', program, JSON.stringify({ ...job, ...place })]);
  return { ...(JSON.parse(stdout) as Measured), requests: emulator.requests.count() / job.count };
}

const small = { count: jobs.many.documents, size: jobs.many.bytes, concurrency: 8 };
const large = { count: jobs.large.documents, size: jobs.large.bytes, concurrency: 1 };
const [adapterSmall, sdkSmall] = [await measure({ client: 'adapter', ...small }), await measure({ client: 'sdk', ...small })];
const [adapterLarge, sdkLarge] = [await measure({ client: 'adapter', ...large }), await measure({ client: 'sdk', ...large })];
await emulator.stop();

const ratio = (ours: number, theirs: number) => `${(ours / theirs).toFixed(2)} x`;
const cpuMs = ({ cpuSeconds }: Measured) => (cpuSeconds * 1000) / small.count;
const perSecond = ({ seconds }: Measured) => small.count / seconds;
console.log(`${small.count} x 200 kB, 8 at a time (ours : box-node-sdk)`);
console.log(
  `  documents/s            ${perSecond(adapterSmall).toFixed(0)} : ${perSecond(sdkSmall).toFixed(0)}   ${ratio(perSecond(adapterSmall), perSecond(sdkSmall))}`,
);
console.log(
  `  ms of CPU per document ${cpuMs(adapterSmall).toFixed(1)} : ${cpuMs(sdkSmall).toFixed(1)}   ${ratio(cpuMs(adapterSmall), cpuMs(sdkSmall))}`,
);
console.log(
  `  requests per document  ${adapterSmall.requests.toFixed(2)} : ${sdkSmall.requests.toFixed(2)}   ${ratio(adapterSmall.requests, sdkSmall.requests)}`,
);
console.log(
  `  peak memory in MB      ${adapterSmall.peakMegabytes.toFixed(0)} : ${sdkSmall.peakMegabytes.toFixed(0)}   ${ratio(adapterSmall.peakMegabytes, sdkSmall.peakMegabytes)}`,
);
console.log(`one file of ${large.size / 1e6} MB`);
console.log(
  `  seconds                ${adapterLarge.seconds.toFixed(1)} : ${sdkLarge.seconds.toFixed(1)}   ${ratio(adapterLarge.seconds, sdkLarge.seconds)}`,
);
console.log(
  `  seconds of CPU         ${adapterLarge.cpuSeconds.toFixed(1)} : ${sdkLarge.cpuSeconds.toFixed(1)}   ${ratio(adapterLarge.cpuSeconds, sdkLarge.cpuSeconds)}`,
);
console.log(
  `  peak memory in MB      ${adapterLarge.peakMegabytes.toFixed(0)} : ${sdkLarge.peakMegabytes.toFixed(0)}   ${ratio(adapterLarge.peakMegabytes, sdkLarge.peakMegabytes)}`,
);
