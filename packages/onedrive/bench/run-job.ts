// One job of the benchmark, in a process of its own: node run-job.ts <contender> <job> <place as JSON>. Prints what it took as JSON.

import { Readable } from 'node:stream';
import type { Context } from '@microsoft/microsoft-graph-client';
import { quickXorHash } from '@spotdraft-archive/microsoft-graph';
import { type FixtureDocument, largePdf, sha256OfDocument } from '@spotdraft-archive/testkit/emulators';
import PQueue from 'p-queue';
import { type Job, jobs } from '../../../scripts/bench/upload-jobs.ts';

export type Contender = 'work' | 'personal' | 'vendor';

export interface JobResult {
  readonly documents: number;
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
}

export interface Place {
  readonly cloud: { readonly graphUrl: string; readonly loginUrl: string };
  readonly uploadsUrl: string;
  readonly driveId: string;
  readonly token: string;
}

interface Upload {
  readonly name: string;
  readonly source: FixtureDocument;
  readonly sha256: string;
  readonly hash: string;
}

/** Answers with the hash that OneDrive tells. */
type Store = (upload: Upload) => Promise<string | undefined>;

const rangeBytes = 10 * 2 ** 20;

// Each loads only what it uses: the libraries count for the memory.
async function adapter({ cloud, driveId, token }: Place): Promise<Store> {
  const { oneDrive } = await import('../src/index.ts');
  const drive = oneDrive({ auth: token, cloud, drive: { driveId } });
  return async ({ name, source, ...hashes }) => {
    const { size } = source;
    const open = (offset?: number) => source.open(offset);
    const document = {
      key: `bench/${name}`,
      path: { folders: [], name },
      mediaType: 'application/pdf',
      size,
      properties: { contractId: name },
      open,
    };
    const { copy } = await drive.put({ ...document, ...hashes }, { saveCheckpoint: async () => {} });
    return copy.hash;
  };
}

/** As the client's own documentation has it: contents at once when they are small, `LargeFileUploadTask` otherwise, then the column. */
async function vendor({ cloud, uploadsUrl, driveId, token }: Place): Promise<Store> {
  const { Client, LargeFileUploadTask, StreamUpload } = await import('@microsoft/microsoft-graph-client');
  // It mangles addresses that are not https.
  const standIn = 'https://uploads.invalid';
  const client = Client.initWithMiddleware({
    middleware: {
      async execute(context: Context) {
        const address = String(context.request).replace(standIn, uploadsUrl).replace('https://graph.microsoft.com', cloud.graphUrl);
        const headers = new Headers(context.options?.headers);
        if (!address.startsWith(uploadsUrl)) headers.set('authorization', `Bearer ${token}`);
        context.response = await fetch(address, { ...(context.options as RequestInit), headers });
      },
    },
  });

  return async ({ name, source }) => {
    const address = `/drives/${driveId}/root:/${name}:`;
    const item = (await (source.size <= rangeBytes ? putContent() : putRanges())) as {
      id: string;
      file: { hashes: { quickXorHash: string } };
    };
    await client.api(`/drives/${driveId}/items/${item.id}/listItem/fields`).patch({ ArchiveContractId: name });
    return item.file.hashes.quickXorHash;

    async function putContent(): Promise<unknown> {
      return client.api(`${address}/content`).put(await new Response(source.open()).arrayBuffer());
    }

    async function putRanges(): Promise<unknown> {
      const session = await LargeFileUploadTask.createUploadSession(client, `${address}/createUploadSession`, { item: {} });
      session.url = session.url.replace(uploadsUrl, standIn);
      const stream = new StreamUpload(Readable.from(source.open(), { objectMode: false }), name, source.size);
      return (await new LargeFileUploadTask(client, stream, session, { rangeSize: rangeBytes }).upload()).responseBody;
    }
  };
}

const [contender = 'work', job = 'many', place = '{}'] = process.argv.slice(2);
const { documents, bytes } = jobs[job as Job];
const source = largePdf({ bytes });
const hasher = quickXorHash.createHasher();
for await (const chunk of source.open()) hasher.update(chunk);
const known = { source, sha256: await sha256OfDocument(source), hash: hasher.digest() };
const store = await (contender === 'vendor' ? vendor : adapter)(JSON.parse(place) as Place);
const queue = new PQueue({ concurrency: 8 });
const startedAt = performance.now();
const names = Array.from({ length: documents }, (_, index) => `${index}.pdf`);
const hashes = await queue.addAll(names.map((name) => () => store({ ...known, name })));
if (hashes.some((hash) => hash !== known.hash)) throw new Error('A document was not stored.');
const result: JobResult = { documents, seconds: (performance.now() - startedAt) / 1000, peakBytes: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(result));
