import type { DestinationErrorCode } from '../../errors/destination-error.ts';

const hints: Readonly<Record<DestinationErrorCode, string>> = {
  'destination.unavailable': 'Try again later.',
  'destination.rate_limited': 'Try again after `retryAfterMs`, or later.',
  'destination.unauthorized': 'The store refused the credentials given as `auth`, also after a refresh. Give new ones.',
  'destination.forbidden': 'Give the account of `auth` the right to read and write the folder.',
  'destination.folder_not_found': 'Look whether the folder in the options is there and visible to the account of `auth`.',
  'destination.not_found': 'Look whether the copy was removed from the store.',
  'destination.quota_exceeded': 'Free space in the store or enlarge its quota.',
  'destination.name_rejected': 'Choose a layout whose names the store accepts.',
  'destination.too_large': 'The store takes no file of this size.',
  'destination.conflict': 'Something else lies at the path. Look at it before anything is replaced.',
  'destination.name_reserved': 'Another upload holds the name. Try again when it has ended or expired.',
  'destination.upload_expired': 'Begin the upload again.',
  'destination.unsupported': 'The store cannot do this.',
  'destination.unexpected_answer':
    'The store did not understand the request or changed its interface. Look for a newer version of this package.',
};

/** What can be done about an error when the adapter's own table has no better word. */
export function defaultHint(code: DestinationErrorCode): string {
  return hints[code];
}
