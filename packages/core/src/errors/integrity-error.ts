import { ArchiveError, type ArchiveErrorOptions } from './archive-error.ts';

export type IntegrityErrorCode =
  | 'integrity.checksum_mismatch'
  | 'integrity.download_incomplete'
  | 'integrity.download_altered'
  | 'integrity.copy_altered';

/** Bytes are not what they should be. */
export class IntegrityError extends ArchiveError<IntegrityErrorCode> {
  constructor(message: string, options: ArchiveErrorOptions<IntegrityErrorCode>) {
    super(message, options);
    this.name = 'IntegrityError';
  }
}
