import { createHash } from 'node:crypto';
import type { ByteStream } from '../emulator/body-streams.ts';
import type { ByteRange, StoredBytes } from '../emulator/stored-bytes.ts';

/** The bytes of a file: one run, or the parts of a chunked upload in their order. */
export class FileContent {
  readonly #runs: readonly StoredBytes[];

  constructor(runs: readonly StoredBytes[]) {
    this.#runs = runs;
  }

  /** The bytes of several contents, one after the other. */
  static join(contents: readonly FileContent[]): FileContent {
    return new FileContent(contents.flatMap((content) => content.#runs));
  }

  get size(): number {
    return this.#runs.reduce((size, run) => size + run.size, 0);
  }

  open({ start = 0, end = this.size }: ByteRange = {}): ByteStream {
    const chunks = this.#read(start, end);
    return new ReadableStream(
      {
        async pull(controller) {
          const { done, value } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          await chunks.return(undefined);
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** SHA-1 in hex. */
  async sha1(): Promise<string> {
    const hash = createHash('sha1');
    for await (const chunk of this.open()) hash.update(chunk);
    return hash.digest('hex');
  }

  async remove(): Promise<void> {
    await Promise.all(this.#runs.map((run) => run.remove()));
  }

  async *#read(start: number, end: number): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
    let offset = 0;
    for (const run of this.#runs) {
      const from = Math.max(0, start - offset);
      const to = Math.min(run.size, end - offset);
      offset += run.size;
      if (from < to) yield* run.open({ start: from, end: to });
    }
  }
}
