import type { ByteStream } from '../emulator/body-streams.ts';

/** One part of a `multipart/form-data` body. Its bytes are read before the next part is asked for. */
export interface FormPart {
  readonly name: string;
  readonly bytes: ByteStream;
}

/** Reads a `multipart/form-data` body part by part, holding little of it in memory. Throws when it breaks off or is malformed. */
export async function* readMultipart(body: ByteStream, boundary: string): AsyncGenerator<FormPart, void, undefined> {
  const source = new DelimitedSource(body);
  try {
    yield* readParts(source, Buffer.from(`\r\n--${boundary}`));
  } finally {
    // The rest is read even when it is not wanted: a client that is cut off while it sends sees no answer at all.
    await source.drain().catch(() => undefined);
  }
}

async function* readParts(source: DelimitedSource, delimiter: Buffer): AsyncGenerator<FormPart, void, undefined> {
  // With a line break before it every boundary looks the same.
  source.prepend('\r\n');
  await source.skipTo(delimiter);
  for (;;) {
    if ((await source.take(2)).toString('latin1') === '--') return;
    const headers = await source.readTo(Buffer.from('\r\n\r\n'));
    const name = /[;\s]name="([^"]*)"/i.exec(headers.toString('utf8'))?.[1] ?? '';
    const chunks = source.chunksTo(delimiter);
    yield { name, bytes: toStream(chunks) };
    // Whatever of the part its reader left over.
    while (!(await chunks.next()).done);
  }
}

function toStream(chunks: AsyncGenerator<Buffer, void, undefined>): ByteStream {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
    },
    { highWaterMark: 0 },
  );
}

class DelimitedSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  #held: Buffer = Buffer.alloc(0);

  constructor(body: ByteStream) {
    this.#reader = body.getReader();
  }

  prepend(text: string): void {
    this.#held = Buffer.concat([Buffer.from(text), this.#held]);
  }

  async take(length: number): Promise<Buffer> {
    while (this.#held.byteLength < length) await this.#more();
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  async skipTo(delimiter: Buffer): Promise<void> {
    for await (const _chunk of this.chunksTo(delimiter));
  }

  async readTo(delimiter: Buffer): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of this.chunksTo(delimiter)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  /** Gives everything before the delimiter and swallows the delimiter. */
  async *chunksTo(delimiter: Buffer): AsyncGenerator<Buffer, void, undefined> {
    for (;;) {
      const index = this.#held.indexOf(delimiter);
      // The end of what is held may be the beginning of the delimiter.
      const end = index === -1 ? Math.max(0, this.#held.byteLength - delimiter.byteLength + 1) : index;
      const chunk = this.#held.subarray(0, end);
      this.#held = this.#held.subarray(index === -1 ? end : index + delimiter.byteLength);
      if (chunk.byteLength > 0) yield chunk;
      if (index !== -1) return;
      await this.#more();
    }
  }

  async drain(): Promise<void> {
    this.#held = Buffer.alloc(0);
    while (!(await this.#reader.read()).done);
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read();
    if (done) throw new Error('The multipart body ends before its last boundary.');
    this.#held = this.#held.byteLength === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
  }
}
