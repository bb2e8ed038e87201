import { type DestinationHash, md5, sha256 } from '../destination/hash.ts';
import { IntegrityError } from '../errors/integrity-error.ts';
import type { OpenedDocument } from '../spotdraft/opened-document.ts';
import type { SpooledDocument } from './spool/spooled-document.ts';

/** The hashes that the file storage behind SpotDraft sent along, so that they are computed while the bytes pass. */
export function checksumsToCompute({ checksums }: OpenedDocument): DestinationHash[] {
  return [...(checksums.md5 ? [md5] : []), ...(checksums.sha256 ? [sha256] : [])];
}

/**
 * Compares the bytes with the length and the hashes that storage announced.
 *
 * Throws `integrity.download_incomplete` or `integrity.download_altered`; a new download is worth a try after both.
 */
export function compareWithStorage(bytes: SpooledDocument, { size, checksums }: OpenedDocument): void {
  if (size !== undefined && bytes.size !== size) {
    throw new IntegrityError(`The download has ${bytes.size} bytes of ${size}.`, {
      code: 'integrity.download_incomplete',
      recovery: 'retry',
      hint: 'The connection to the file storage was cut. The document is downloaded anew.',
      details: { size: bytes.size, announcedSize: size },
    });
  }
  for (const algorithm of ['md5', 'sha256'] as const) {
    const announced = checksums[algorithm];
    const computed = bytes.hashes.get(algorithm);
    if (announced === undefined || announced === computed) continue;
    throw new IntegrityError(`The download's ${algorithm} is not the one that the file storage announced.`, {
      code: 'integrity.download_altered',
      recovery: 'retry',
      hint: 'Something on the way changed the bytes, a proxy for example. The document is downloaded anew.',
      details: { algorithm, announced, computed: computed ?? null },
    });
  }
}
