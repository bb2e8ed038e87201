import type { RequestBody } from './request-body.ts';

/** Joins bodies into one. A part is opened when the one before it has been read to its end. */
export function concatenate(parts: readonly RequestBody[], mediaType?: string): RequestBody {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  return { size, mediaType, open: () => openAll(parts) };
}

function openAll(parts: readonly RequestBody[]): ReadableStream<Uint8Array> {
  const rest = [...parts];
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          if (reader === undefined) {
            const part = rest.shift();
            if (part === undefined) return controller.close();
            const opened = part.open();
            if (opened instanceof Uint8Array) return controller.enqueue(opened);
            reader = opened.getReader();
          }
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          reader = undefined;
        }
      },
      async cancel(reason) {
        await reader?.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
