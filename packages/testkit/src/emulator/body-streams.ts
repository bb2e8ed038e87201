import { ConnectionCut } from './connection-cut.ts';

type Bytes = Uint8Array<ArrayBuffer>;
export type ByteStream = ReadableStream<Bytes>;

export interface ByteWatcher {
  onBytes(count: number): void;
  onEnd?(): void;
  /** The source failed, or the reader went away. */
  onFailure?(error: unknown): void;
}

/** Passes bytes on one pull at a time, so that a slow reader holds back the sender, and tells how it goes. */
export function watchBytes(body: ByteStream, watcher: ByteWatcher): ByteStream {
  const reader = body.getReader();
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            watcher.onEnd?.();
            controller.close();
            return;
          }
          watcher.onBytes(value.byteLength);
          controller.enqueue(value);
        } catch (error) {
          watcher.onFailure?.(error);
          throw error;
        }
      },
      async cancel(reason) {
        watcher.onFailure?.(reason);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Passes the first bytes on, then breaks off. A body that is shorter breaks off at its end. */
export function cutAfter(body: ByteStream, afterBytes: number): ByteStream {
  let left = afterBytes;
  return body.pipeThrough(
    new TransformStream({
      start(controller) {
        if (left === 0) controller.error(new ConnectionCut('cut before the first byte'));
      },
      transform(chunk, controller) {
        const kept = chunk.subarray(0, left);
        left -= kept.byteLength;
        controller.enqueue(kept);
        if (left === 0) throw new ConnectionCut(`cut after ${afterBytes} bytes`);
      },
      flush() {
        throw new ConnectionCut('cut at the end of the body');
      },
    }),
  );
}

/** Flips the bits of one byte; in a body that is shorter, of the last one. */
export function corruptByte(body: ByteStream, atByte: number): ByteStream {
  let position = 0;
  let isDone = false;
  let held: Bytes | undefined;
  const flip = (chunk: Bytes, index: number): Bytes => {
    const copy = chunk.slice();
    copy[index] = (copy[index] ?? 0) ^ 0xff;
    isDone = true;
    return copy;
  };
  return body.pipeThrough(
    new TransformStream({
      // One chunk is held back: only the end of the body tells which byte was the last.
      transform(chunk, controller) {
        if (held !== undefined) controller.enqueue(held);
        const index = atByte - position;
        held = !isDone && index < chunk.byteLength ? flip(chunk, index) : chunk;
        position += chunk.byteLength;
      },
      flush(controller) {
        if (held !== undefined) controller.enqueue(isDone ? held : flip(held, held.byteLength - 1));
      },
    }),
  );
}

/** Reads a body to its end, or its first bytes, and drops them. */
export async function drain(body: ByteStream | null, maxBytes: number = Number.POSITIVE_INFINITY): Promise<void> {
  if (body === null || body.locked) return;
  let read = 0;
  const reader = body.getReader();
  while (read < maxBytes) {
    const { done, value } = await reader.read();
    if (done) return;
    read += value.byteLength;
  }
  await reader.cancel();
}

/** Reads a whole small body. Throws a `RangeError` beyond `maxBytes`: whatever may be large has to be streamed. */
export async function readSmallBody(body: ByteStream | null, maxBytes: number = 16 * 1024 * 1024): Promise<Bytes> {
  const chunks: Bytes[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new RangeError(`The body is larger than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
