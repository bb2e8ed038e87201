import { documentBody } from '@spotdraft-archive/core/destination';
import { type CommitOutcome, uploadFile } from './api.ts';
import { saveSending } from './checkpoint.ts';
import type { DropboxContext } from './context.ts';
import type { Upload } from './upload.ts';
import { wrongBytes } from './wrong-bytes.ts';

/** Stores a document in one request, which Dropbox refuses when the bytes are not those of the hash. */
export async function uploadSmall({ document, options, commit }: Upload, { transport, takeTurn }: DropboxContext): Promise<CommitOutcome> {
  const { signal, onProgress } = options;
  await saveSending(document, options);
  // A crash from here on may leave a file without a key, which the next attempt knows by its bytes.
  const send = () => uploadFile(transport, { body: documentBody(document), commit, hash: document.hash, signal });
  const outcome = await takeTurn(send, { signal });
  if ('refusal' in outcome && outcome.refusal === 'content_hash_mismatch') throw wrongBytes();
  onProgress?.({ bytes: document.size });
  return outcome;
}
