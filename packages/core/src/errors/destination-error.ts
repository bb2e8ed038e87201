import { ArchiveError, type ArchiveErrorOptions } from './archive-error.ts';

export type DestinationErrorCode =
  | 'destination.unavailable'
  | 'destination.rate_limited'
  | 'destination.unauthorized'
  | 'destination.forbidden'
  | 'destination.folder_not_found'
  | 'destination.not_found'
  | 'destination.quota_exceeded'
  | 'destination.name_rejected'
  | 'destination.too_large'
  | 'destination.conflict'
  | 'destination.name_reserved'
  | 'destination.upload_expired'
  | 'destination.unsupported'
  | 'destination.unexpected_answer';

/** A destination refused or could not do what it was asked. */
export class DestinationError extends ArchiveError<DestinationErrorCode> {
  constructor(message: string, options: ArchiveErrorOptions<DestinationErrorCode>) {
    super(message, options);
    this.name = 'DestinationError';
  }
}
