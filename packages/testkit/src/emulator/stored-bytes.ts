import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteStream } from './body-streams.ts';

const bytesPerRead = 64 * 1024;

export interface ByteRange {
  /** First byte. @default 0 */
  readonly start?: number | undefined;
  /** The byte after the last one. @default the size */
  readonly end?: number | undefined;
}

/**
 * Bytes that an emulated store keeps: in memory while they are few, in a temporary file beyond `maxMemoryBytes`.
 *
 * A body that breaks off leaves what had arrived by then; `truncate` takes it back.
 */
export class StoredBytes {
  readonly #maxMemoryBytes: number;
  #memory: Uint8Array<ArrayBuffer>[] = [];
  #folder: string | undefined;
  #file: FileHandle | undefined;
  #size = 0;

  constructor({ maxMemoryBytes = 1024 * 1024 }: { readonly maxMemoryBytes?: number } = {}) {
    this.#maxMemoryBytes = maxMemoryBytes;
  }

  get size(): number {
    return this.#size;
  }

  async append(bytes: ByteStream | Uint8Array<ArrayBuffer>): Promise<void> {
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) await this.#write(chunk);
  }

  /** Forgets everything from `size` on. */
  async truncate(size: number): Promise<void> {
    if (size > this.#size) throw new RangeError(`Cannot truncate ${this.#size} bytes to ${size}.`);
    this.#size = size;
    await this.#file?.truncate(size);
    if (this.#file === undefined) this.#memory = [joinBytes(this.#memory).slice(0, size)];
  }

  /** Reads a range. Every call gives a new stream, which may be read while more bytes are appended. */
  open({ start = 0, end = this.#size }: ByteRange = {}): ByteStream {
    let position = start;
    return new ReadableStream(
      {
        pull: async (controller) => {
          const chunk = await this.#read(position, Math.min(end, this.#size, position + bytesPerRead));
          position += chunk.byteLength;
          if (chunk.byteLength === 0) controller.close();
          else controller.enqueue(chunk);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** Deletes the temporary file. May be called twice. */
  async remove(): Promise<void> {
    const [file, folder] = [this.#file, this.#folder];
    this.#memory = [];
    this.#file = undefined;
    this.#folder = undefined;
    this.#size = 0;
    await file?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  async #write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#file === undefined && this.#size + chunk.byteLength <= this.#maxMemoryBytes) {
      // The sender may use its buffer again.
      this.#memory.push(chunk.slice());
    } else {
      const file = this.#file ?? (await this.#moveToFile());
      await file.write(chunk, 0, chunk.byteLength, this.#size);
    }
    this.#size += chunk.byteLength;
  }

  async #moveToFile(): Promise<FileHandle> {
    this.#folder = await mkdtemp(join(tmpdir(), 'emulator-'));
    this.#file = await open(join(this.#folder, 'bytes'), 'w+');
    await this.#file.write(joinBytes(this.#memory), 0, this.#size, 0);
    this.#memory = [];
    return this.#file;
  }

  async #read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const length = Math.max(0, end - start);
    if (this.#file === undefined) {
      if (this.#memory.length > 1) this.#memory = [joinBytes(this.#memory)];
      return (this.#memory[0] ?? new Uint8Array()).slice(start, start + length);
    }
    const { bytesRead, buffer } = await this.#file.read(new Uint8Array(length), 0, length, start);
    return buffer.subarray(0, bytesRead);
  }
}

function joinBytes(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(chunks));
}
