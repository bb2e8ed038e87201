// Stores documents with one of the two clients, in a process of its own, and tells how long it took and how much memory it had.

import { Readable } from 'node:stream';
import { box } from '../src/index.ts';
import { documentOf } from './documents.ts';

export interface Job {
  readonly client: 'adapter' | 'sdk';
  readonly baseUrl: string;
  readonly uploadUrl: string;
  readonly folderId: string;
  readonly count: number;
  readonly size: number;
  readonly concurrency: number;
}

export interface Measured {
  readonly seconds: number;
  /** Of all threads: on a busy machine it says more than the time. */
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

type Store = (index: number) => Promise<unknown>;

function storeWithAdapter({ baseUrl, uploadUrl, folderId, size }: Job): Store {
  const destination = box({ auth: 'emulator-token', folderId, baseUrl, uploadUrl });
  return (index) => destination.put(documentOf(`adapter-${size}-${index}.pdf`, size));
}

/** The same job as the SDK's documentation does it: the file, then its metadata. */
async function storeWithSdk({ baseUrl, uploadUrl, folderId, size }: Job): Promise<Store> {
  // Not loaded by the other process, whose memory is measured too.
  const { BoxClient, BoxDeveloperTokenAuth } = await import('box-node-sdk');
  const auth = new BoxDeveloperTokenAuth({ token: 'emulator-token' });
  const client = new BoxClient({ auth }).withCustomBaseUrls({ baseUrl, uploadUrl: `${uploadUrl}/api`, oauth2Url: baseUrl });
  return async (index) => {
    const document = documentOf(`sdk-${size}-${index}.pdf`, size);
    const { path, key, properties, hash } = document;
    const file = Readable.from(document.open());
    const id =
      size < 20_971_520
        ? (
            await client.uploads.uploadFile(
              { attributes: { name: path.name, parent: { id: folderId } }, file },
              { headers: { contentMd5: hash } },
            )
          ).entries?.[0]?.id
        : (await client.chunkedUploads.uploadBigFile(file, path.name, size, folderId)).id;
    await client.fileMetadata.createFileMetadataById(id ?? '', 'enterprise', 'spotDraftArchive', { archiveKey: key, ...properties });
  };
}

const job = JSON.parse(process.argv[2] ?? '{}') as Job;
const store = job.client === 'adapter' ? storeWithAdapter(job) : await storeWithSdk(job);
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);

const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
let next = 0;
await Promise.all(
  Array.from({ length: job.concurrency }, async () => {
    for (let index = next++; index < job.count; index = next++) await store(index);
  }),
);
clearInterval(watch);
const { user, system } = process.cpuUsage(cpuBefore);
const measured: Measured = {
  seconds: (performance.now() - startedAt) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: Math.max(peak, process.memoryUsage.rss()) / 1e6,
};
process.stdout.write(JSON.stringify(measured));
