import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { DocumentJob } from '../../src/archive/document-job.ts';
import { spoolDocument } from '../../src/archive/spool/spool-document.ts';
import { sha256 } from '../../src/destination/hash.ts';

export interface JobOptions {
  readonly key?: string;
  readonly bytes?: Uint8Array;
}

/** A job for `storeDocument`, with a fixed name that clashes on purpose when two keys are used. */
export async function documentJob({
  key = 'us/T-1/1/signed-pdf',
  bytes = Buffer.from('%PDF-1.7 one %%EOF'),
}: JobOptions = {}): Promise<DocumentJob> {
  const suffix = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return {
    key,
    contractId: 'T-1',
    versionId: '1',
    document: 'signed-pdf',
    mediaType: 'application/pdf',
    bytes: await spoolDocument(new Blob([bytes]).stream(), { hashes: [sha256], maxMemoryBytes: 1_000_000, directory: tmpdir() }),
    nameFor: (_rules, { clash }) => ({ folders: ['NDA'], name: clash ? `Mutual NDA (${suffix}).pdf` : 'Mutual NDA.pdf' }),
    propertiesFor: () => ({ contractId: 'T-1' }),
  };
}
