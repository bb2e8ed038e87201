const alphabet = new TextEncoder().encode('abcdefghijklmnopqrstuvwxyz');

export interface LettersOptions {
  readonly chunkBytes?: number | undefined;
  /** What the document says. */
  readonly size?: number | undefined;
  /** How many bytes it has. */
  readonly given?: number | undefined;
  /** What reading ends with, in place of the end. */
  readonly failure?: Error | undefined;
  /** Where reading waits for ever. */
  readonly hangsAt?: number | undefined;
}

/** The alphabet as a document that arrives in chunks of this size. */
export function letters({ chunkBytes = 5, size = 26, given = 26, failure, hangsAt }: LettersOptions = {}) {
  const document = {
    size,
    isClosed: false,
    open(offset = 0) {
      let next = offset;
      return new ReadableStream<Uint8Array>({
        pull(controller) {
          if (next === hangsAt) return new Promise<void>(() => undefined);
          if (next >= given) return failure === undefined ? controller.close() : controller.error(failure);
          controller.enqueue(alphabet.subarray(next, Math.min(next + chunkBytes, given)));
          next += chunkBytes;
          return undefined;
        },
        cancel() {
          document.isClosed = true;
        },
      });
    },
  };
  return document;
}
