import type { OpenableDocument } from './request-body.ts';

/**
 * The same document; tells how much of it has gone out, for uploads in one request.
 *
 * Bytes count as gone when the network asks for the next ones. A repeated try reports nothing that was reported before, so the number only grows.
 * Uploads in pieces report by themselves.
 */
export function withProgress(
  document: OpenableDocument,
  onProgress: ((progress: { readonly bytes: number }) => void) | undefined,
): OpenableDocument {
  if (onProgress === undefined) return document;
  const { size, mediaType } = document;
  let furthest = -1;
  const report = (bytes: number) => {
    if (bytes <= furthest) return;
    furthest = bytes;
    onProgress({ bytes });
  };
  return { size, mediaType, open: (offset = 0) => watchReads(document.open(offset), { offset, report }) };
}

interface WatchOptions {
  readonly offset: number;
  readonly report: (bytes: number) => void;
}

function watchReads(source: ReadableStream<Uint8Array>, { offset, report }: WatchOptions): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  let position = offset;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (position > offset) report(position);
        const { done, value } = await reader.read();
        if (done) {
          report(position);
          return controller.close();
        }
        position += value.byteLength;
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
