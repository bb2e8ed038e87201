import type { DestinationHash } from '../../destination/hash.ts';
import { sha256 } from '../../destination/hash.ts';
import { keepInFile } from './keep-in-file.ts';
import { keepInMemory } from './keep-in-memory.ts';
import type { SpooledDocument } from './spooled-document.ts';

export interface SpoolOptions {
  /** Hashes to compute beside SHA-256, all in the one pass. */
  readonly hashes: readonly DestinationHash[];
  /** Documents up to this many bytes stay in memory, larger ones go to a temporary file. */
  readonly maxMemoryBytes: number;
  /** Where temporary files are made. */
  readonly directory: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a document once, computes its size and all hashes on the way, and keeps its bytes until it is disposed of.
 *
 * Memory stays flat whatever the size. On any failure nothing stays behind, on disk neither.
 */
export async function spoolDocument(body: ReadableStream<Uint8Array>, options: SpoolOptions): Promise<SpooledDocument> {
  const hashers = new Map([sha256, ...options.hashes].map((hash) => [hash.algorithm, hash.createHasher()]));
  let size = 0;

  async function* measured(): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of body) {
      options.signal?.throwIfAborted();
      for (const hasher of hashers.values()) hasher.update(bytes);
      size += bytes.byteLength;
      yield bytes;
    }
    options.signal?.throwIfAborted();
  }

  const kept = await keep(measured(), options);
  const hashes = new Map([...hashers].map(([algorithm, hasher]) => [algorithm, hasher.digest()]));
  return { ...kept, size, sha256: hashes.get('sha256') ?? '', hashes };
}

/** Collects up to the limit in memory; when more comes, moves what it has and the rest to a file. */
async function keep(source: AsyncGenerator<Uint8Array, void>, { maxMemoryBytes, directory }: SpoolOptions): Promise<KeptBytes> {
  const collected: Uint8Array[] = [];
  let collectedBytes = 0;
  try {
    for (let next = await source.next(); !next.done; next = await source.next()) {
      collected.push(next.value);
      collectedBytes += next.value.byteLength;
      if (collectedBytes > maxMemoryBytes) return await keepInFile(drainThen(collected, source), directory);
    }
  } finally {
    await source.return();
  }
  return keepInMemory(collected);
}

async function* drainThen(collected: Uint8Array[], rest: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array, void> {
  // Shifting lets go of the collected bytes while they are written.
  for (let bytes = collected.shift(); bytes !== undefined; bytes = collected.shift()) yield bytes;
  yield* rest;
}

/** Bytes that are kept somewhere and can be opened at any offset. */
export type KeptBytes = Pick<SpooledDocument, 'open' | typeof Symbol.asyncDispose>;
