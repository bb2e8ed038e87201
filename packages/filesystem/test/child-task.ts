import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { DocumentToStore } from '@spotdraft-archive/core/destination';

export interface RepeatedDocument {
  readonly key: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
}

export interface ChildTask {
  readonly directory: string;
  readonly documents: readonly RepeatedDocument[];
  /** The call before which the process kills itself, counted from 1. */
  readonly dieBefore?: number;
  readonly hasLinks: boolean;
}

export interface ChildReport {
  readonly outcomes: readonly ('stored' | 'adopted')[];
  readonly calls: readonly string[];
  readonly peakMemoryBytes: number;
}

/** Runs a task in a process of its own, of this program. Gives nothing when the process was killed. */
export async function runChild(program: string, task: ChildTask): Promise<ChildReport | undefined> {
  try {
    return JSON.parse((await promisify(execFile)(process.execPath, [program, JSON.stringify(task)])).stdout) as ChildReport;
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return undefined;
    throw error;
  }
}

/** A document that two processes can make alike, however large: one block, over and over. */
export function repeatedDocument({ key, name, size }: RepeatedDocument): DocumentToStore {
  const sha256 = createHash('sha256');
  for (const bytes of blocks(size, 0)) sha256.update(bytes);
  const hash = sha256.digest('hex');
  return {
    key,
    path: { folders: ['Sales', 'Acme'], name },
    mediaType: 'application/pdf',
    size,
    sha256: hash,
    hash,
    properties: { contractId: 'T-1' },
    open: (offset = 0) => ReadableStream.from(blocks(size, offset)),
  };
}

const block = new Uint8Array(65_536).fill(7);

function* blocks(size: number, offset: number): Generator<Uint8Array> {
  for (let position = offset; position < size; position += block.byteLength)
    yield block.subarray(0, Math.min(block.byteLength, size - position));
}
