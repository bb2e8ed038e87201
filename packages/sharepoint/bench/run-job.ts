// One job of the benchmark, in a process of its own: node run-job.ts <contender> <job> <place as JSON>. Prints what it took as JSON.

import { Readable } from 'node:stream';
import type { Context } from '@microsoft/microsoft-graph-client';
import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import { quickXorHash } from '@spotdraft-archive/microsoft-graph';
import { type FixtureDocument, largePdf, sha256OfDocument } from '@spotdraft-archive/testkit/emulators';
import PQueue from 'p-queue';
import { type Job, jobs } from '../../../scripts/bench/upload-jobs.ts';

export type Contender = 'adapter' | 'vendor';

export interface JobResult {
  readonly documents: number;
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
}

export interface Place {
  readonly graphUrl: string;
  readonly loginUrl: string;
  readonly uploadsUrl: string;
  readonly siteUrl: string;
  readonly driveId: string;
  readonly token: string;
}

interface Hashes {
  readonly name: string;
  readonly sha256: string;
  readonly hash: string;
}

type Store = (source: FixtureDocument, given: Hashes) => Promise<void>;

const rangeBytes = 10 * 2 ** 20;

// Each loads only what it uses: the libraries count for the memory.
async function adapter({ graphUrl, loginUrl, siteUrl, token }: Place): Promise<Store> {
  const { sharePoint } = await import('../src/index.ts');
  const library = sharePoint({ auth: token, cloud: { graphUrl, loginUrl }, siteUrl, library: 'Contracts' });
  return async (source, { name, sha256, hash }) => {
    const document: DocumentToStore = {
      key: `bench/${name}`,
      path: { folders: [], name },
      mediaType: 'application/pdf',
      size: source.size,
      sha256,
      hash,
      properties: { contractId: name },
      open: (offset) => source.open(offset),
    };
    const { copy } = await library.put(document, { saveCheckpoint: async () => {} });
    if (copy.hash !== hash) throw new Error(`${name} was not stored.`);
  };
}

async function vendor(place: Place): Promise<Store> {
  const { Client, LargeFileUploadTask, StreamUpload } = await import('@microsoft/microsoft-graph-client');
  // It mangles addresses that are not https, so these stand for the emulator's.
  const hosts = { 'https://graph.microsoft.com': place.graphUrl, 'https://uploads.invalid': place.uploadsUrl };
  const execute = async (context: Context) => {
    const address = Object.entries(hosts).reduce((url, [https, http]) => url.replace(https, http), String(context.request));
    const headers = new Headers(context.options?.headers);
    if (address.startsWith(place.graphUrl)) headers.set('authorization', `Bearer ${place.token}`);
    context.response = await fetch(address, { ...(context.options as RequestInit), headers });
  };
  const client = Client.initWithMiddleware({ middleware: { execute } });
  const base = `/drives/${place.driveId}`;

  async function upload(source: FixtureDocument, name: string): Promise<{ id: string }> {
    const address = `${base}/root:/${name}:`;
    if (source.size <= rangeBytes) {
      const bytes = await new Response(source.open()).arrayBuffer();
      return client.api(`${address}/content`).put(bytes) as Promise<{ id: string }>;
    }
    const body = { item: { '@microsoft.graph.conflictBehavior': 'fail' } };
    const session = await LargeFileUploadTask.createUploadSession(client, `${address}/createUploadSession`, body);
    session.url = session.url.replace(place.uploadsUrl, 'https://uploads.invalid');
    const file = new StreamUpload(Readable.from(source.open(), { objectMode: false }), name, source.size);
    const { responseBody } = await new LargeFileUploadTask(client, file, session, { rangeSize: rangeBytes }).upload();
    return responseBody as { id: string };
  }

  return async (source, { name, hash }) => {
    const item = (await upload(source, name)) as { id: string; file: { hashes: { quickXorHash: string } } };
    await client.api(`${base}/items/${item.id}/listItem/fields`).patch({ ArchiveContractId: name });
    if (item.file.hashes.quickXorHash !== hash) throw new Error(`${name} was not stored.`);
  };
}

async function hashOf(source: FixtureDocument): Promise<string> {
  const hasher = quickXorHash.createHasher();
  for await (const chunk of source.open()) hasher.update(chunk);
  return hasher.digest();
}

const [contender = 'adapter', job = 'many', place = '{}'] = process.argv.slice(2);
const { documents, bytes } = jobs[job as Job];
const source = largePdf({ bytes });
const hashes = { sha256: await sha256OfDocument(source), hash: await hashOf(source) };
const store = await (contender === 'vendor' ? vendor : adapter)(JSON.parse(place) as Place);
const queue = new PQueue({ concurrency: 8 });
const startedAt = performance.now();
await Promise.all(Array.from({ length: documents }, (_, index) => queue.add(() => store(source, { name: `${index}.pdf`, ...hashes }))));
const seconds = (performance.now() - startedAt) / 1000;
const result: JobResult = { documents, seconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(result));
