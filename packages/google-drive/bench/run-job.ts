// One job of the benchmark, in a process of its own: node run-job.ts <contender> <job> <url> <folderId> <token>. Prints what it took as JSON.

import { Readable } from 'node:stream';
import type { DocumentToStore } from '@spotdraft-archive/core/destination';
import { type FixtureDocument, largePdf, sha256OfDocument } from '@spotdraft-archive/testkit/emulators';
import PQueue from 'p-queue';
import { type Job, jobs } from '../../../scripts/bench/upload-jobs.ts';
import { warmUps } from './warm-ups.ts';

export type Contender = 'adapter' | 'vendor';

export interface JobResult {
  readonly documents: number;
  readonly seconds: number;
  /** What the process computed meanwhile. Says more than the seconds on a machine that does other things, too. */
  readonly cpuSeconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
}

interface Place {
  readonly url: string;
  readonly folderId: string;
  readonly token: string;
}

type Store = (source: FixtureDocument, given: { readonly name: string; readonly sha256: string }) => Promise<void>;

// Each loads only what it uses: the libraries count for the memory.
async function adapter({ url, folderId, token }: Place): Promise<Store> {
  const { googleDrive } = await import('../src/index.ts');
  const drive = googleDrive({ auth: token, folderId, baseUrl: url });
  return async (source, { name, sha256 }) => {
    const document: DocumentToStore = {
      key: `bench/${name}`,
      path: { folders: [], name },
      mediaType: 'application/pdf',
      size: source.size,
      sha256,
      hash: sha256,
      properties: { contractId: name },
      open: (offset) => source.open(offset),
    };
    const { copy } = await drive.put(document, { saveCheckpoint: async () => {} });
    if (copy.hash !== sha256) throw new Error(`${name} was not stored.`);
  };
}

async function vendor({ url, folderId, token }: Place): Promise<Store> {
  const [{ drive: driveService }, { OAuth2Client }] = await Promise.all([import('@googleapis/drive'), import('google-auth-library')]);
  const auth = new OAuth2Client();
  auth.setCredentials({ access_token: token });
  const drive = driveService({ version: 'v3', auth });
  return async (source, { name, sha256 }) => {
    const { data } = await drive.files.create(
      {
        requestBody: { name, parents: [folderId], appProperties: { contractId: name } },
        media: { mimeType: 'application/pdf', body: Readable.from(source.open()) },
        fields: 'id,sha256Checksum',
      },
      { rootUrl: `${url}/`, maxContentLength: Number.POSITIVE_INFINITY },
    );
    if (data.sha256Checksum !== sha256) throw new Error(`${name} was not stored.`);
  };
}

const [contender = 'adapter', job = 'many', url = '', folderId = '', token = ''] = process.argv.slice(2);
const { documents, bytes } = jobs[job as Job];
const source = largePdf({ bytes });
const sha256 = await sha256OfDocument(source);
const store = await (contender === 'vendor' ? vendor : adapter)({ url, folderId, token });
const queue = new PQueue({ concurrency: 8 });
// What is loaded and compiled with the first documents is not part of the job, for neither of the two.
const warmUp = (_: unknown, index: number) => queue.add(() => store(source, { name: `warm-up-${index}.pdf`, sha256 }));
await Promise.all(Array.from({ length: warmUps[job as Job] }, warmUp));
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
await Promise.all(Array.from({ length: documents }, (_, index) => queue.add(() => store(source, { name: `${index}.pdf`, sha256 }))));
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const cpuSeconds = (user + system) / 1e6;
const result: JobResult = { documents, seconds, cpuSeconds, peakBytes: process.resourceUsage().maxRSS * 1024 };
console.log(JSON.stringify(result));
