import type { ByteStream } from '../emulator/index.ts';
import { DriveError, invalid } from './drive-error.ts';

export interface RelatedParts {
  /** The first part, parsed. */
  readonly metadata: unknown;
  readonly mediaType: string;
  /** The second part. Ends with an error when the closing boundary does not come. */
  readonly media: ByteStream;
}

const maxHeaderBytes = 1024 * 1024;

/** Reads a `multipart/related` body of two parts, the second as a stream. */
export async function readMultipartRelated(body: ByteStream, contentType: string): Promise<RelatedParts> {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw invalid('Missing boundary in multipart body.');
  const reader = new DelimitedReader(body);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  await reader.readUntil(Buffer.from(`--${boundary}\r\n`));
  await reader.readUntil(Buffer.from('\r\n\r\n'));
  const json = await reader.readUntil(delimiter);
  const header = (await reader.readUntil(Buffer.from('\r\n\r\n'))).toString('latin1');
  return {
    metadata: parseJson(json.toString('utf8')),
    mediaType: /content-type:\s*([^\r\n;]+)/i.exec(header)?.[1]?.trim() ?? 'application/octet-stream',
    media: reader.streamUntil(delimiter),
  };
}

export function parseJson(text: string): unknown {
  try {
    return text === '' ? {} : (JSON.parse(text) as unknown);
  } catch {
    throw new DriveError(400, 'parseError', 'Parse Error');
  }
}

/** Reads a stream up to delimiters. */
class DelimitedReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>;
  #buffer: Buffer<ArrayBuffer> = Buffer.alloc(0);

  constructor(body: ByteStream) {
    this.#reader = body.getReader();
  }

  async readUntil(delimiter: Buffer): Promise<Buffer> {
    for (;;) {
      const index = this.#buffer.indexOf(delimiter);
      if (index !== -1) {
        const found = this.#buffer.subarray(0, index);
        this.#buffer = this.#buffer.subarray(index + delimiter.length);
        return found;
      }
      if (this.#buffer.length > maxHeaderBytes || !(await this.#more())) throw invalid('Malformed multipart body.');
    }
  }

  streamUntil(delimiter: Buffer): ByteStream {
    return new ReadableStream(
      {
        pull: async (controller) => {
          for (;;) {
            const index = this.#buffer.indexOf(delimiter);
            const isLast = index !== -1;
            // The beginning of a delimiter may still be at the end of what is here.
            const length = isLast ? index : Math.max(0, this.#buffer.length - delimiter.length);
            if (length > 0) controller.enqueue(new Uint8Array(this.#buffer.subarray(0, length)));
            this.#buffer = this.#buffer.subarray(length);
            if (isLast) {
              await this.#drain();
              return controller.close();
            }
            if (length > 0) return undefined;
            if (!(await this.#more())) throw invalid('Malformed multipart body.');
          }
        },
      },
      { highWaterMark: 0 },
    );
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    this.#buffer = this.#buffer.length === 0 ? Buffer.from(value) : Buffer.concat([this.#buffer, value]);
    return true;
  }

  async #drain(): Promise<void> {
    while (!(await this.#reader.read()).done);
  }
}
