// One job of the benchmark, in a process of its own: node store.ts <contender> <job> <api> <content> <token>. Prints what it took as JSON.

import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import { type FixtureDocument, largePdf } from '@spotdraft-archive/testkit/emulators';
import { Dropbox, readerUpload, uploadFile } from 'dropbox';
import PQueue from 'p-queue';
import { type Job, jobs } from '../../../scripts/bench/upload-jobs.ts';
import { dropbox, dropboxContentHash } from '../src/index.ts';

export type Contender = 'adapter' | 'vendor';

export interface JobResult {
  readonly documents: number;
  readonly seconds: number;
  /** Of all threads: on a busy machine it says more than the time. */
  readonly cpuSeconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
}

interface Place {
  readonly api: string;
  readonly content: string;
  readonly token: string;
}

type Store = (source: FixtureDocument, given: { readonly name: string; readonly hash: string }) => Promise<void>;

function adapter({ api, content, token }: Place): Store {
  const archive = dropbox({ auth: token, path: '/Contracts', baseUrls: { api, content } });
  return async (source, { name, hash }) => {
    const document: DocumentToStore = {
      key: `bench/${name}`,
      path: { folders: [], name },
      mediaType: 'application/pdf',
      size: source.size,
      // Only compared with that of a checkpoint, and there is none.
      sha256: hash,
      hash,
      properties: { contractId: name },
      open: (offset) => source.open(offset),
    };
    const { copy } = await archive.put(document, { saveCheckpoint: async () => {} });
    if (copy.hash !== hash) throw new Error(`${name} was not stored.`);
  };
}

/** The vendor's client takes no plain http, so its requests are led to the emulator. */
function vendor({ api, content, token }: Place): Store {
  const client = new Dropbox({
    accessToken: token,
    fetch: (address: string, init: RequestInit) =>
      fetch(address.replace('https://api.dropboxapi.com', api).replace('https://content.dropboxapi.com', content), init),
  });
  return async (source, { name, hash }) => {
    const commit = { path: `/Contracts/${name}` };
    const stored =
      source.size < 8 * 2 ** 20
        ? (
            await client.filesUpload({
              ...commit,
              contents: Buffer.from(await new Response(source.open()).arrayBuffer()),
              content_hash: hash,
            })
          ).result
        : (await uploadFile(client, readerUpload(source.open()), commit)).metadata;
    if (stored.content_hash !== hash) throw new Error(`${name} was not stored.`);
  };
}

async function hashOf(source: FixtureDocument): Promise<string> {
  const hasher = dropboxContentHash.createHasher();
  for await (const bytes of source.open()) hasher.update(bytes);
  return hasher.digest();
}

const [contender = 'adapter', job = 'many', api = '', content = '', token = ''] = process.argv.slice(2);
const { documents, bytes } = jobs[job as Job];
const source = largePdf({ bytes });
const hash = await hashOf(source);
const store = (contender === 'vendor' ? vendor : adapter)({ api, content, token });
const queue = new PQueue({ concurrency: 8 });
// `resourceUsage().maxRSS` would begin with what the parent had when it started this process.
let peakBytes = 0;
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
}, 20);
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
await Promise.all(Array.from({ length: documents }, (_, index) => queue.add(() => store(source, { name: `${index}.pdf`, hash }))));
const seconds = (performance.now() - startedAt) / 1000;
clearInterval(watch);
const { user, system } = process.cpuUsage(cpuBefore);
const result: JobResult = { documents, seconds, cpuSeconds: (user + system) / 1e6, peakBytes };
console.log(JSON.stringify(result));
