import { IntegrityError } from '@spotdraft-archive/core/destination';

/** The error for a document that gave other bytes than those of its hash. Nothing was stored. */
export function wrongBytes(): IntegrityError {
  return new IntegrityError('dropbox: the bytes that were sent are not those that were announced.', {
    code: 'integrity.checksum_mismatch',
    recovery: 'retry',
    hint: 'The file changed after its hash was computed, or was damaged on its way. Read the document again.',
  });
}
