import { DestinationError, type DocumentToStore } from '@spotdraft-archive/core/destination';
import type { EarlierWork, Sending } from './checkpoint.ts';
import type { GraphDrive } from './context.ts';
import { type DriveItem, hashOf } from './drive-item.ts';

/** How long a request may go on after it was sent, at the longest. */
const longestUploadMs = 15 * 60_000;
/** How far our clock and Microsoft's may be apart. */
const clockSkewMs = 2 * 60_000;
/** Whoever uploads writes the key next: a file that has none after this time has lost its uploader. */
const settlingMs = 2 * 60_000;

/** Writes down that bytes are about to go, beside those that went to the same path before. */
export function addSending(
  { hash, sha256, size }: DocumentToStore,
  earlier: EarlierWork,
  { now, until = now + longestUploadMs }: { readonly now: number; readonly until?: number | undefined },
): readonly Sending[] {
  const before = earlier.sendings.find((sending) => sending.sha256 === sha256);
  return [...earlier.sendings.filter((sending) => sending !== before), { sha256, hash, size, since: before?.since ?? now, until }];
}

export interface OwnUploadOptions {
  readonly document: DocumentToStore;
  /** Those of which no answer came. */
  readonly sendings: readonly Sending[];
  readonly drive: GraphDrive;
}

/**
 * Tells whether a file without a key is what one of our uploads made whose answer was lost; answers which.
 *
 * The same hash is proof. Where the store rewrites files of the type there is none, and this has to do: we were sending to this path just then, the
 * size is another, no other app made it, and nobody has come to write a key. Throws `destination.unavailable` while somebody still may.
 */
export function findOwnUpload(item: DriveItem, { document, sendings, drive }: OwnUploadOptions): Sending | undefined {
  const proven = sendings.find(({ hash }) => hash === hashOf(item));
  if (proven !== undefined || !drive.altersMediaTypes.includes(document.mediaType)) return proven;

  const madeAt = Date.parse(item.createdDateTime ?? '');
  const fits = ({ since, until, size }: Sending) =>
    madeAt >= since - clockSkewMs && madeAt <= until + clockSkewMs && item.size !== undefined && item.size !== size;
  const likely = isOfAnotherApp(item, drive) ? undefined : sendings.find(fits);
  if (likely !== undefined) waitForKey(item, drive);
  return likely;
}

/**
 * Lets a file without a key be adopted that holds the very bytes of a document but was not made by an upload of it: another document may have the
 * same ones. Throws `destination.unavailable` while an app that may be ours can be about to write the key.
 */
export function letAdopt(item: DriveItem, { document, sendings, drive }: OwnUploadOptions): void {
  const isOwn = sendings.some(({ hash }) => hash === document.hash);
  const isByApp = (item.createdBy?.application ?? undefined) !== undefined;
  if (!isOwn && isByApp && !isOfAnotherApp(item, drive)) waitForKey(item, drive);
}

function isOfAnotherApp({ createdBy }: DriveItem, { clientId }: GraphDrive): boolean {
  const madeBy = createdBy?.application?.id ?? undefined;
  return madeBy !== undefined && clientId !== undefined && madeBy.toLowerCase() !== clientId.toLowerCase();
}

function waitForKey({ createdDateTime }: DriveItem, drive: GraphDrive): void {
  const unsettledMs = Date.parse(createdDateTime ?? '') + settlingMs - drive.clock.now();
  if (unsettledMs > 0) throw unsettled(drive, Math.min(unsettledMs, settlingMs));
}

function unsettled({ provider }: GraphDrive, retryAfterMs: number): DestinationError {
  return new DestinationError(`${provider}: a new file without a key lies at the path.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    retryAfterMs,
    hint: 'It is this document, rewritten by the store, or an upload that goes on elsewhere: the next attempt can tell.',
  });
}
