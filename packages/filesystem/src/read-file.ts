import { createHash } from 'node:crypto';
import type { CallOptions, OpenOptions } from '@spotdraft-archive/core/destination';
import { translate } from './errors.ts';
import { type FileSystem, type OpenFile, withFile } from './file-system.ts';

const chunkBytes = 256 * 1024;

/** SHA-256 of a file's bytes in lower-case hex. Rejects with the reason of `signal` when it is aborted. */
export async function hashFile(location: string, fileSystem: FileSystem, { signal }: CallOptions = {}): Promise<string> {
  return withFile(await fileSystem.open(location, 'read'), async (file) => {
    const hash = createHash('sha256');
    const buffer = new Uint8Array(chunkBytes);
    for (let position = 0; ; ) {
      signal?.throwIfAborted();
      const bytesRead = await file.read(buffer, position);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
  });
}

/**
 * Streams an open file and closes it at the end, after a failure and when the reader gives up.
 *
 * Fails with the reason of `signal` when it is aborted and with a `DestinationError` when the file cannot be read.
 */
export function streamFile(file: OpenFile, { offset = 0, signal }: OpenOptions): ReadableStream<Uint8Array> {
  let position = offset;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          signal?.throwIfAborted();
          const buffer = new Uint8Array(chunkBytes);
          const bytesRead = await file.read(buffer, position);
          position += bytesRead;
          if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
          await file.close();
          controller.close();
        } catch (error) {
          await file.close().catch(() => {});
          throw translate(error);
        }
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
}
