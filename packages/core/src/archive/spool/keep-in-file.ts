import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptBytes } from './spool-document.ts';
import { temporaryFileError } from './temporary-file-error.ts';

const readBytes = 64 * 1024;

/**
 * Keeps large documents in a temporary file that only this process can see.
 *
 * The file loses its name as soon as it is open, so the system removes it on every way out, a killed process included. When it cannot be
 * made or written, throws `temporary_file.unavailable` (recovery `operator`); what `source` throws passes through.
 */
export async function keepInFile(source: AsyncIterable<Uint8Array>, directory: string): Promise<KeptBytes> {
  const path = join(directory, `spotdraft-archive-${randomUUID()}.tmp`);
  const file = await create(path);
  try {
    await unlink(path);
    await file.writeFile(source);
  } catch (error) {
    await file.close();
    throw temporaryFileError(error);
  }
  return {
    open: (offset = 0) => readFrom(file, offset),
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  } catch (error) {
    throw temporaryFileError(error);
  }
}

/** Reads by position, so that several readers of the one file do not disturb each other. */
function readFrom(file: FileHandle, offset: number): ReadableStream<Uint8Array> {
  let position = offset;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { bytesRead, buffer } = await file.read(new Uint8Array(readBytes), 0, readBytes, position);
        position += bytesRead;
        if (bytesRead === 0) controller.close();
        else controller.enqueue(buffer.subarray(0, bytesRead));
      },
    },
    { highWaterMark: 0 },
  );
}
