import { conflictWith, type DocumentToStore, type PutOptions, type PutResult } from '@spotdraft-archive/core/destination';
import { fieldsOf } from './api.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { BoxContext } from './context.ts';
import { fileVanished, nameAltered } from './errors.ts';
import { isSameName } from './folders.ts';
import { describeFile, fileAt, metadataField } from './lookup.ts';
import { instanceOf, keyIn, stampFile } from './stamp.ts';
import type { Carrier } from './template.ts';
import { uploadDocument } from './upload.ts';
import type { BoxFile, Conflict } from './wire-types.ts';

/** What every step of one put works on. */
interface Step {
  readonly document: DocumentToStore;
  readonly options: PutOptions;
  readonly context: BoxContext;
  readonly carrier: Carrier;
}

/** Stores a document: folders, bytes, metadata, and a link where one is wanted. */
export async function putDocument(document: DocumentToStore, options: PutOptions, context: BoxContext): Promise<PutResult> {
  const { ifExists, replaces, signal } = options;
  signal?.throwIfAborted();
  const step = { document, options, context, carrier: await context.carrier({ signal }) };
  const named = ifExists === 'replace' && replaces ? await readFile(replaces.id, step) : undefined;
  if (named !== undefined) return replaceNamed(named, step);
  return context.folders.within(document.path.folders, (folderId) => putInto(folderId, step), { signal });
}

/** Creates the file. Box refuses a second one of that name and says which one is in its way. */
async function putInto(folderId: string, step: Step): Promise<PutResult> {
  const { document, options, context } = step;
  const target = { kind: 'file', parentId: folderId, name: document.path.name } as const;
  const uploaded = await uploadDocument(document, { target, fields: fieldsIn(step), options, context });
  if (uploaded.kind === 'stored') return finishNew(uploaded.file, step);
  if (uploaded.kind === 'changed' || uploaded.existing?.type !== 'file') throw conflictWith();
  const { existing } = uploaded;
  if (existing.name !== undefined && existing.sha1 === document.hash && options.ifExists !== 'replace') return adopt(existing, step);

  const file = await readFile(existing.id, step);
  if (file === undefined) throw fileVanished();
  if (isOurs(file, step)) return finish(file, step, { outcome: 'adopted' });
  if (options.ifExists !== 'replace' || options.replaces) throw conflictOf(file, step);
  return replaceFile(file, step);
}

/**
 * Takes over the file in the way, which has the right bytes: an attempt of ours ended before its metadata was written, or somebody put it there.
 *
 * Box has told what it is, so nobody looks before the metadata is written. Box takes none where some is already; then the key is compared.
 */
async function adopt({ id, name = '', sha1 = '', etag, file_version }: Conflict, step: Step): Promise<PutResult> {
  const { size, path } = step.document;
  const { copy, outcome } = await finish({ type: 'file', id, name, sha1, etag, file_version, size }, step, { outcome: 'adopted' });
  return { copy: { ...copy, path: copy.path ?? { folders: path.folders, name } }, outcome };
}

/** Replaces the copy that the caller names, wherever it lies, if it is the one that was seen and nothing else lies at the path. */
async function replaceNamed(file: BoxFile, step: Step): Promise<PutResult> {
  const { document, options, context, carrier } = step;
  if (isOurs(file, step)) return finish(file, step, { outcome: 'adopted' });
  const { path } = describeFile(file, instanceOf(file, carrier), context);
  if (JSON.stringify(path) !== JSON.stringify({ folders: [...document.path.folders], name: document.path.name })) {
    const other = await fileAt(document.path, context, { signal: options.signal });
    if (other !== undefined && other.id !== file.id) throw conflictOf(other, step);
  }
  const expected = options.replaces?.revision;
  // With bytes that were sent it is ours: the version was written, and the reply lost before its metadata was.
  const isAsSeen = expected === undefined || file.file_version?.id === expected;
  if (!isAsSeen && file.sha1 !== document.hash && !wasSent(file, step)) throw conflictOf(file, step);
  return replaceFile(file, step);
}

/** Writes a new version, provided the file is still as it was read. */
async function replaceFile(file: BoxFile, step: Step): Promise<PutResult> {
  const { document, options, context } = step;
  const written = file.sha1 === document.hash ? file : await writeVersion(file, step);
  if (written !== undefined) return finish(written, step, { outcome: 'stored', mayReplaceKey: true });
  // A lost reply looks like somebody else's change, but for the bytes.
  const changed = await readFile(file.id, step);
  if (changed?.sha1 === document.hash)
    return finish(changed, { document, options, context, carrier: step.carrier }, { outcome: 'stored', mayReplaceKey: true });
  throw changed === undefined ? fileVanished() : conflictOf(changed, step);
}

async function writeVersion(file: BoxFile, step: Step): Promise<BoxFile | undefined> {
  const { document, options, context } = step;
  // The name goes along because the upload would rename the file otherwise.
  const target = { kind: 'version', fileId: file.id, name: file.name, etag: file.etag ?? undefined } as const;
  const uploaded = await uploadDocument(document, { target, fields: fieldsIn(step), options, context });
  return uploaded.kind === 'stored' ? uploaded.file : undefined;
}

/** A file that was just made has to have the name that was asked for: Box removes characters without a word. */
async function finishNew(file: BoxFile, step: Step): Promise<PutResult> {
  if (!isSameName(file.name, step.document.path.name)) {
    await step.context.api.removeFile(file, { signal: step.options.signal });
    throw nameAltered();
  }
  // A crash from here on leaves a file without a key, which the next attempt adopts for its bytes.
  return finish(file, step, { outcome: 'stored' });
}

interface Finish {
  readonly outcome: PutResult['outcome'];
  readonly mayReplaceKey?: boolean;
}

/** Stamps the file, shares it where that is wanted, and describes it. */
async function finish(file: BoxFile, step: Step, { outcome, mayReplaceKey = false }: Finish): Promise<PutResult> {
  const { document, options, context, carrier } = step;
  const { api, settings } = context;
  const { signal } = options;
  const carried = instanceOf(file, carrier);
  const isStamped = keyIn(carried) === document.key && outcome === 'adopted';
  const instance = isStamped ? carried : await stampFile(file.id, document, { api, carrier, mayReplaceKey, signal });
  // Somebody else's key was written in the meantime.
  if (keyIn(instance) !== document.key) throw conflictWith(describeFile(file, instance, context));
  const isShared = settings.link === 'none' || file.shared_link?.access === settings.link;
  const shared = isShared ? file : await api.shareFile(file.id, settings.link, { metadataField: metadataField(carrier), signal });
  return { copy: describeFile(shared, instance, context), outcome };
}

function isOurs(file: BoxFile, { document, carrier }: Step): boolean {
  const key = keyIn(instanceOf(file, carrier));
  return file.sha1 === document.hash && (key === undefined || key === document.key);
}

/** Whether a file holds what an earlier attempt sent, which SpotDraft may have rendered anew since. */
function wasSent({ sha1 }: BoxFile, { options }: Step): boolean {
  return readCheckpoint(options).sent.includes(sha1);
}

function readFile(id: string, { context, carrier, options }: Step): Promise<BoxFile | undefined> {
  return context.api.readFile(id, { metadataField: metadataField(carrier), signal: options.signal });
}

/** A file without a key that an earlier attempt has made is the document's own, to be written over. */
function conflictOf(file: BoxFile, step: Step): Error {
  const copy = describeFile(file, instanceOf(file, step.carrier), step.context);
  const isOwn = copy.key === undefined && wasSent(file, step);
  return conflictWith(isOwn ? { ...copy, key: step.document.key } : copy);
}

function fieldsIn({ carrier }: Step): string {
  return fieldsOf({ metadataField: metadataField(carrier) });
}
