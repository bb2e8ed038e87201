import { conflictWith } from '@spotdraft-archive/core/destination';
import { wasSent } from './checkpoint.ts';
import { copyOf, type DropboxContext, type StampedFile } from './context.ts';
import type { Upload } from './upload.ts';

/** The error for other bytes at the path. A file without a key that an earlier attempt has made is the document's own, to be written over. */
export function conflictOf(existing: StampedFile, { document, options }: Upload, context: DropboxContext): Error {
  const copy = copyOf(existing, context);
  const isOwn = copy.key === undefined && wasSent(existing.file, options);
  return conflictWith(isOwn ? { ...copy, key: document.key } : copy);
}
