import { sampleBytes } from './sample-bytes.ts';
import { type SampleDocument, streamOf } from './sample-document.ts';

export interface StopOptions {
  /** How many bytes of the document are given first, counted from its start, not from the offset. */
  readonly afterBytes: number;
  /** Called in place of the bytes that would come next. What it returns is what the stream waits for; when it throws, the stream fails. */
  readonly stop: () => Promise<void> | void;
}

/** The same document, but reading stops on the way. */
export function stoppingDocument(document: SampleDocument, { afterBytes, stop }: StopOptions): SampleDocument {
  const { seed, size, openedAt } = document;
  return {
    ...document,
    open(offset = 0) {
      openedAt.push(offset);
      let position = offset;
      const chunks = sampleBytes({ seed, size: Math.min(size, Math.max(afterBytes, offset)), offset });
      return new ReadableStream(
        {
          async pull(controller) {
            const { value, done } = chunks.next();
            if (done) return stop();
            position += value.byteLength;
            controller.enqueue(value);
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}

/** The same document, but reading gives that many bytes fewer (or, when negative, more) than it declares. */
export function misstatedDocument(document: SampleDocument, missingBytes: number): SampleDocument {
  const { seed, size, openedAt } = document;
  return {
    ...document,
    open(offset = 0) {
      openedAt.push(offset);
      return streamOf(sampleBytes({ seed, size: size - missingBytes, offset }));
    },
  };
}
