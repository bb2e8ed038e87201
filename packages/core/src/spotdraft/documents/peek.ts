/** The beginning of a stream, and the whole stream, beginning included. */
export interface PeekedStream {
  /** Empty when the stream is. */
  readonly first: Uint8Array;
  readonly body: ReadableStream<Uint8Array>;
}

/** Looks at the first bytes of a stream without taking them from it. */
export async function peek(stream: ReadableStream<Uint8Array> | null): Promise<PeekedStream> {
  if (stream === null) return { first: new Uint8Array(0), body: new Blob([]).stream() };
  const reader = stream.getReader();
  const { value: first = new Uint8Array(0) } = await reader.read();
  let isFirst = true;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = isFirst && first.byteLength > 0 ? { done: false, value: first } : await reader.read();
        isFirst = false;
        if (done || value === undefined) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { first, body };
}
