import { randomInt, randomUUID } from 'node:crypto';
import { type DocumentPath, type DocumentToStore, type StorageDestination, sha256 } from '@spotdraft-archive/core/destination';
import { sampleBytes } from './sample-bytes.ts';

/** Stands for a party's name in every sample path: it must never show up in an error. */
export const confidentialName = 'Confidential Counterparty';

export interface SampleOptions {
  readonly key?: string | undefined;
  readonly path?: DocumentPath | undefined;
  /** In bytes. @default 3_000 */
  readonly size?: number | undefined;
  /** The same seed and size give the same bytes. @default a fresh one */
  readonly seed?: number | undefined;
}

/** A document with known bytes that remembers from which offsets it was read. */
export interface SampleDocument extends DocumentToStore {
  readonly seed: number;
  readonly openedAt: number[];
}

/** A document with a fresh key, path and bytes, unless they are given, and with the destination's own hash. */
export function sampleDocument({ capabilities }: StorageDestination, options: SampleOptions = {}): SampleDocument {
  const { size = 3_000, seed = randomInt(2 ** 31), key = sampleKey(), path = samplePath() } = options;
  const hashers = { sha256: sha256.createHasher(), own: capabilities.hash.createHasher() };
  for (const bytes of sampleBytes({ seed, size })) {
    hashers.sha256.update(bytes);
    hashers.own.update(bytes);
  }
  const openedAt: number[] = [];
  return {
    key,
    path,
    mediaType: 'application/pdf',
    size,
    sha256: hashers.sha256.digest(),
    hash: hashers.own.digest(),
    properties: { contractId: 'T-19589', title: 'Lizenz „Ärzte“ & Söhne' },
    open(offset = 0) {
      openedAt.push(offset);
      return streamOf(sampleBytes({ seed, size, offset }));
    },
    seed,
    openedAt,
  };
}

export function sampleKey(): string {
  return `us/T-${randomInt(1_000_000)}/${randomUUID()}/signed-pdf`;
}

/** A path in a folder of its own. */
export function samplePath(name = 'Agreement.pdf'): DocumentPath {
  return { folders: ['Sales', `${confidentialName} ${randomUUID().slice(0, 8)}`], name };
}

/** A stream that makes one chunk for each that is asked for. */
export function streamOf(chunks: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.iterator]();
  return new ReadableStream(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The whole of a sample's bytes. */
export function bytesOf({ seed, size }: SampleDocument): Uint8Array {
  return Buffer.concat([...sampleBytes({ seed, size })]);
}

/** Size of a document that travels in several pieces, where the destination has pieces. */
export function largeSize(harness: { readonly destination: StorageDestination; readonly largeDocumentBytes?: number | undefined }): number {
  const { resumableFromBytes } = harness.destination.capabilities;
  return harness.largeDocumentBytes ?? (resumableFromBytes === false ? 4 * 2 ** 20 : resumableFromBytes * 3 + 12_345);
}
