import { randomUUID } from 'node:crypto';
import type { DocumentToStore, PutOptions, PutResult } from '@spotdraft-archive/core/destination';
import { addLink } from './add-link.ts';
import type { DropboxContext } from './context.ts';
import type { Stamp } from './key-carrier.ts';
import { headerSafe } from './transport.ts';
import { type Upload, uploadDocument } from './upload.ts';
import { chooseTarget } from './write-target.ts';

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
  return addLink(await uploadDocument(upload, context), context, { signal });
}
