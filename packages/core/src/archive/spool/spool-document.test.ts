import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha1 } from '../../destination/hash.ts';
import { spoolDocument } from './spool-document.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-'));
});
afterEach(() => rm(directory, { recursive: true }));

function streamOf(parts: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return ReadableStream.from<Uint8Array>(parts);
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  return Buffer.from(await new Response(stream).arrayBuffer());
}

const parts = Array.from({ length: 40 }, (_, index) => new Uint8Array(1000).fill(index));
const whole = Buffer.concat(parts);

describe.each([
  { place: 'memory', maxMemoryBytes: 1_000_000 },
  { place: 'a file', maxMemoryBytes: 5_500 },
])('a document spooled to $place', ({ maxMemoryBytes }) => {
  it('knows its size and every hash, and opens at any offset, more than once at a time', async () => {
    const document = await spoolDocument(streamOf(parts), { hashes: [sha1], maxMemoryBytes, directory });

    expect(document.size).toBe(40_000);
    expect(document.sha256).toBe(createHash('sha256').update(whole).digest('hex'));
    expect(document.hashes.get('sha1')).toBe(createHash('sha1').update(whole).digest('hex'));
    const [all, tail, none] = await Promise.all([bytesOf(document.open()), bytesOf(document.open(39_990)), bytesOf(document.open(40_000))]);
    expect(all.equals(whole)).toBe(true);
    expect(tail.equals(whole.subarray(39_990))).toBe(true);
    expect(none).toHaveLength(0);
    await document[Symbol.asyncDispose]();
  });

  it('leaves no file in the folder, while it lives and afterwards', async () => {
    const document = await spoolDocument(streamOf(parts), { hashes: [], maxMemoryBytes, directory });
    expect(await readdir(directory)).toEqual([]);
    await document[Symbol.asyncDispose]();
    expect(await readdir(directory)).toEqual([]);
  });

  it('passes on the error of its source and keeps nothing', async () => {
    const broken = new Error('the connection was cut');
    async function* source(): AsyncGenerator<Uint8Array> {
      yield* parts;
      throw broken;
    }
    const body = ReadableStream.from<Uint8Array>(source());
    await expect(spoolDocument(body, { hashes: [], maxMemoryBytes, directory })).rejects.toBe(broken);
    expect(await readdir(directory)).toEqual([]);
  });

  it('stops with the reason of the signal and lets go of the source', async () => {
    const controller = new AbortController();
    const reason = new Error('shutting down');
    let cancelled = false;
    let index = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(stream) {
        if (index === 20) controller.abort(reason);
        stream.enqueue(parts[index++ % 40] as Uint8Array);
      },
      cancel() {
        cancelled = true;
      },
    });
    await expect(spoolDocument(body, { hashes: [], maxMemoryBytes, directory, signal: controller.signal })).rejects.toBe(reason);
    expect(cancelled).toBe(true);
    expect(await readdir(directory)).toEqual([]);
  });
});
