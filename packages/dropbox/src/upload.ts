import { randomUUID } from 'node:crypto';
import type { DocumentToStore, PutOptions, PutResult } from '@spotdraft-archive/core/destination';
import { addLink } from './add-link.ts';
import type { DropboxContext } from './context.ts';
import type { Stamp } from './key-carrier.ts';
import { settleUpload } from './settle-upload.ts';
import { headerSafe } from './transport.ts';
import { uploadLarge } from './upload-large.ts';
import { uploadSmall } from './upload-small.ts';
import type { CommitInfo } from './wire-types.ts';
import { chooseTarget } from './write-target.ts';

/** One `put`, and what its steps have to know. */
export interface Upload {
  readonly document: DocumentToStore;
  readonly options: PutOptions;
  readonly stamp: Stamp;
  readonly commit: CommitInfo;
}

/**
 * How long the commit may be with its property groups. Dropbox does not say how long a header may be; 8 KiB for all headers together is what servers
 * usually take.
 */
const maxCommitCharacters = 6_000;

/** Stores a document: bytes, key and properties in one request when it is small. */
export async function putDocument(document: DocumentToStore, options: PutOptions, context: DropboxContext): Promise<PutResult> {
  const { signal } = options;
  signal?.throwIfAborted();
  const target = await chooseTarget(document, options, context);
  const stamp: Stamp = { key: document.key, properties: document.properties, writtenBy: randomUUID() };
  const groups = await context.carrier.groupsFor(stamp, { signal });
  const fits = headerSafe(groups).length <= maxCommitCharacters;
  const upload: Upload = { document, options, stamp, commit: { ...target, groups: fits ? groups : [] } };
  const startedAt = context.now();
  const isLarge = document.size >= context.settings.pieceBytes;
  const outcome = isLarge ? await uploadLarge(upload, context) : await uploadSmall(upload, context);
  const result = await settleUpload(outcome, upload, { context, elapsedMs: context.now() - startedAt });
  return addLink(result, context, { signal });
}
