const chunkBytes = 65_536;

/** Streams bytes in chunks, and fails with the reason of `signal` when it is aborted. */
export function readBytes(bytes: Uint8Array, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  let position = 0;
  return new ReadableStream(
    {
      pull(controller) {
        signal?.throwIfAborted();
        const chunk = bytes.slice(position, position + chunkBytes);
        position += chunk.byteLength;
        if (chunk.byteLength === 0) controller.close();
        else controller.enqueue(chunk);
      },
    },
    { highWaterMark: 0 },
  );
}
