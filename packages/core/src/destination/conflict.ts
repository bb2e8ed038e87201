import { DestinationError } from '../errors/destination-error.ts';

/** The file that stands in the way, as far as the store tells: a `StoredCopy` will do. */
export interface ExistingFile {
  readonly id: string;
  readonly key?: string | undefined;
  readonly hash?: string | undefined;
}

/**
 * The error that `put` throws when another file lies at the path. Core decides by its details: `existingId`, `existingHash` and `existingKey`.
 *
 * Call it without a file when what lies there has no id, such as a folder.
 */
export function conflictWith(existing?: ExistingFile): DestinationError {
  return new DestinationError('Something else lies at the path.', {
    code: 'destination.conflict',
    recovery: 'never',
    hint: 'Store the document under another name, or replace the file knowingly.',
    details: {
      ...(existing && { existingId: existing.id }),
      ...(existing?.hash !== undefined && { existingHash: existing.hash }),
      ...(existing?.key !== undefined && { existingKey: existing.key }),
    },
  });
}
