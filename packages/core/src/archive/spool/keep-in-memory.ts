import type { KeptBytes } from './spool-document.ts';

/** Keeps small documents where they are. */
export function keepInMemory(parts: readonly Uint8Array[]): KeptBytes {
  const bytes = Buffer.concat(parts);
  return {
    open: (offset = 0) =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          if (offset < bytes.byteLength) controller.enqueue(new Uint8Array(bytes.subarray(offset)));
          controller.close();
        },
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}
