import { conflictWith, DestinationError, type DocumentToStore, type PutOptions, type PutResult } from '@spotdraft-archive/core/destination';
import { readCheckpoint, type Sending, toCheckpoint } from './checkpoint.ts';
import type { GraphDrive } from './context.ts';
import { type DriveItem, hashOf, type KeptMetadata, toCopy } from './drive-item.ts';
import { addressOfId, addressOfPath, type DriveRoot } from './drive-root.ts';
import { searchKey } from './lookup.ts';
import { addSending, findOwnUpload, letAdopt } from './own-upload.ts';
import { chooseReplaced } from './replace.ts';
import { uploadDocument } from './upload.ts';
import type { UploadTarget } from './upload-target.ts';

interface Put {
  readonly document: DocumentToStore;
  readonly options: PutOptions;
  readonly drive: GraphDrive;
  readonly root: DriveRoot;
}

/** A file at its place, and what is known of its metadata. */
interface Placed {
  readonly item: DriveItem;
  readonly outcome: PutResult['outcome'];
  /** Absent: written over or new, so whatever it carries is not this document's. */
  readonly kept?: KeptMetadata | undefined;
}

/** Stores one document: bytes, then key and properties, then whatever seals the file. */
export async function putDocument(document: DocumentToStore, options: PutOptions, drive: GraphDrive): Promise<PutResult> {
  const root = await drive.root(options);
  const put = { document, options, drive, root };
  await drive.carrier.prepare(document, root, options);
  const placed = (await continueWithItem(put)) ?? (await placeBytes(put));
  return finish(placed, put);
}

/** Goes on with a file that an earlier attempt had uploaded, also when SharePoint has rewritten it since. */
async function continueWithItem({ document, options, drive, root }: Put): Promise<Placed | undefined> {
  const { itemId } = readCheckpoint(document, options).progress;
  if (itemId === undefined) return undefined;
  const item = await drive.api.item(addressOfId(root, itemId), { expand: drive.carrier.expand, signal: options.signal });
  if (item?.file === undefined) return undefined;
  const kept = await drive.carrier.read(item, root, options);
  // Somebody else's replacement of the file is none of our business any more.
  const isOurs = kept.key === undefined || kept.key === document.key || options.ifExists === 'replace';
  return isOurs ? { item, outcome: 'adopted', kept } : undefined;
}

async function placeBytes(put: Put): Promise<Placed> {
  const { document, options, drive, root } = put;
  const uploaded = await uploadDocument(document, await targetOf(put), { drive, options });
  if ('item' in uploaded) return { item: uploaded.item, outcome: uploaded.hasSent ? 'stored' : 'adopted' };
  const item = await drive.api.item(addressAt(put), { expand: drive.carrier.expand, signal: options.signal });
  if (item === undefined)
    throw uploaded.refusal === 'taken' && !mayTakeAnotherName(uploaded, options) ? reservedName(drive) : conflictWith();
  if (item.file === undefined) throw conflictWith();
  const kept = await drive.carrier.read(item, root, options);
  return judge({ item, outcome: 'adopted', kept }, put, uploaded.sendings);
}

/** A session of ours whose address was lost never becomes a file, and holds its name for days: nothing is won by waiting for it. */
function mayTakeAnotherName({ hasLostSession }: { readonly hasLostSession: boolean }, { ifExists }: PutOptions): boolean {
  return hasLostSession && ifExists !== 'replace';
}

async function targetOf({ document, options, drive, root }: Put): Promise<UploadTarget> {
  const earlier = readCheckpoint(document, options);
  const byPath = { root, earlier, address: addressOfPath(root, [...document.path.folders, document.path.name]) };
  if (options.ifExists !== 'replace') return { ...byPath, conflictBehavior: 'fail' };
  if (options.replaces === undefined) return { ...byPath, conflictBehavior: 'replace' };
  const replaced = await chooseReplaced(document, { replaces: options.replaces, drive, root, call: options });
  return { root, earlier, address: addressOfId(root, replaced.id), conflictBehavior: 'replace', ifMatch: replaced.eTag };
}

function addressAt({ document, options, root }: Put): string {
  const { folders, name } = document.path;
  return options.replaces === undefined ? addressOfPath(root, [...folders, name]) : addressOfId(root, options.replaces.id);
}

/** Adopts a file that holds the document, or tells what stands in the way. */
function judge(placed: Placed, { document, options, drive }: Put, sendings: readonly Sending[] = []): Placed {
  const { item, kept } = placed;
  const hash = hashOf(item);
  if (hash === document.hash && (kept?.key === undefined || kept.key === document.key || options.replaces !== undefined)) {
    if (kept?.key === undefined && options.ifExists !== 'replace') letAdopt(item, { document, sendings, drive });
    return placed;
  }
  // SharePoint may have rewritten the copy since: what was sent is written down beside the key.
  if (kept?.key === document.key && kept.properties?.sha256 === document.sha256) return placed;
  const own = kept?.key === undefined && options.ifExists !== 'replace' ? findOwnUpload(item, { document, sendings, drive }) : undefined;
  if (own?.sha256 === document.sha256) return placed;
  // SpotDraft has rendered the PDF anew since: the key is not there yet, but the file is this document's to be written over.
  if (own !== undefined) throw conflictWith({ id: item.id, key: document.key, hash });
  if (hash === undefined && item.size === document.size) throw unhashed(drive);
  throw conflictWith({ id: item.id, key: kept?.key, hash });
}

async function finish({ item, outcome, kept }: Placed, put: Put): Promise<PutResult> {
  const { document, options, drive, root } = put;
  if (kept === undefined) await saveItem(item, put);
  // A crash from here on leaves a file without a key that the next attempt knows as its own.
  const replaces = options.ifExists === 'replace';
  const isWritten = kept?.key === document.key && !replaces;
  const metadata = isWritten ? kept : await writeMetadata(item, replaces, put);
  if ('copy' in metadata) return metadata;
  await drive.seal?.(item, root, { isNew: outcome === 'stored', signal: options.signal });
  return { copy: toCopy(item, metadata, root), outcome };
}

async function saveItem(item: DriveItem, { document, options, drive, root }: Put): Promise<void> {
  // The next process may hold another rendering of the document, for which the item's id alone would say nothing.
  const sendings = addSending(document, readCheckpoint(document, options), { now: drive.clock.now() });
  try {
    await options.saveCheckpoint?.(toCheckpoint(document, options, { itemId: item.id, sendings }));
  } catch (error) {
    // Nobody would remember the file. Unless somebody has made it theirs meanwhile, it goes.
    const signal = AbortSignal.timeout(5_000);
    if (options.ifExists !== 'replace')
      await drive.api.deleteItem(addressOfId(root, item.id), { ifMatch: item.eTag, signal }).catch(() => undefined);
    throw error;
  }
}

/** Writes key and properties. Where the library refuses a second file with the key, the first one is the answer and ours goes. */
async function writeMetadata(item: DriveItem, replaces: boolean, put: Put): Promise<KeptMetadata | PutResult> {
  const { document, options, drive, root } = put;
  try {
    return await drive.carrier.write(item, document, { root, replaces, signal: options.signal });
  } catch (error) {
    if (options.signal?.aborted === true || replaces) throw error;
    const [holder] = await searchKey(document.key, { drive, root, call: options });
    if (holder === undefined || holder.id === item.id) throw error;
    await drive.api.deleteItem(addressOfId(root, item.id), { ifMatch: item.eTag, signal: options.signal });
    const kept = await drive.carrier.read(holder, root, options);
    return { copy: toCopy(judge({ item: holder, outcome: 'adopted', kept }, put).item, kept, root), outcome: 'adopted' };
  }
}

function reservedName({ provider }: GraphDrive): DestinationError {
  return new DestinationError(`${provider}: another upload holds the name, though no file lies there yet.`, {
    code: 'destination.name_reserved',
    recovery: 'retry',
    hint: 'The name is free when that upload has ended, or when its session has expired. Attempts go on until then.',
  });
}

function unhashed({ provider }: GraphDrive): DestinationError {
  return new DestinationError(`${provider}: a file lies at the path whose hash is not known yet.`, {
    code: 'destination.unavailable',
    recovery: 'retry',
    hint: 'The store computes it within moments.',
  });
}
