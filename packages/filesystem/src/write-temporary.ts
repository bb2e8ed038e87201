import { dirname } from 'node:path';
import { type DocumentToStore, exactly, IntegrityError, type PutOptions } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { withFile } from './file-system.ts';
import { assertStillReal } from './folders.ts';
import { hashFile } from './read-file.ts';

export interface WriteOptions extends Pick<PutOptions, 'onProgress' | 'signal'> {
  readonly archive: Archive;
}

/**
 * Writes a document to the disk under a temporary name and reads it back.
 *
 * Throws `IntegrityError` when the document gave fewer, more or other bytes than it declares, or the disk other bytes than were written.
 */
export async function writeTemporary(document: DocumentToStore, location: string, options: WriteOptions): Promise<void> {
  const { archive, onProgress, signal } = options;
  await withFile(await archive.fileSystem.open(location, 'create'), async (file) => {
    await assertStillReal(dirname(location), archive);
    let written = 0;
    for await (const bytes of document.open().pipeThrough(exactly(document.size), signal && { signal })) {
      await file.write(bytes);
      written += bytes.byteLength;
      onProgress?.({ bytes: written });
    }
    await file.sync();
  });
  const sha256 = await hashFile(location, archive.fileSystem, { signal });
  if (sha256 !== document.sha256) throw otherBytes(document.sha256, sha256);
}

function otherBytes(expected: string, actual: string): IntegrityError {
  return new IntegrityError('The bytes on the disk are not those of the document.', {
    code: 'integrity.checksum_mismatch',
    recovery: 'retry',
    hint: 'The document changed after it was measured, or the disk damages what it is given. If this stays, examine the disk.',
    details: { expectedSha256: expected, sha256: actual },
  });
}
