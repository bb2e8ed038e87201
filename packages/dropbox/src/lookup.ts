import { DestinationError, type FindQuery, type StoredCopy } from '@spotdraft-archive/core/destination';
import { download, readMetadata } from './api.ts';
import { copyOf, type DropboxContext, type StampedFile } from './context.ts';
import { pathOf } from './folders.ts';
import type { CallSignal } from './transport.ts';

/** What lies at a path or has an id; `folder` for a folder, `undefined` for nothing. */
export async function lookAt(path: string, context: DropboxContext, { signal }: CallSignal): Promise<StampedFile | 'folder' | undefined> {
  const { transport, carrier } = context;
  const metadata = await readMetadata(transport, { path, templateIds: await carrier.templateIds({ signal }), signal });
  if (metadata === undefined || metadata['.tag'] === 'deleted') return undefined;
  if (metadata['.tag'] === 'folder') return 'folder';
  return { file: metadata, stamp: await carrier.read(metadata, { signal }) };
}

/** Finds the copy that carries a key: first where it should lie, which is fresh, then by the search, which may lag. */
export async function findCopy({ key, path }: FindQuery, context: DropboxContext, options: CallSignal): Promise<StoredCopy | undefined> {
  if (path !== undefined) {
    const found = await lookAt(pathOf(path, context.settings.root), context, options);
    if (isStampedWith(key, found)) return copyOf(found, context);
  }
  const ids = await context.carrier.search(key, options);
  if (ids === undefined && path === undefined) throw unsearchable();
  // The index may still show what a file carried before it was replaced.
  const candidates = await Promise.all((ids ?? []).map((id) => lookAt(id, context, options)));
  const [first, ...twins] = candidates.filter((candidate) => isStampedWith(key, candidate));
  if (first === undefined) return undefined;
  return { ...copyOf(first, context), ...(twins.length > 0 && { twins: twins.map(({ file }) => file.id) }) };
}

/** Describes the copy with an id, wherever it was moved to. */
export async function describeCopy(id: string, context: DropboxContext, options: CallSignal): Promise<StoredCopy | undefined> {
  if (!id.startsWith('id:')) return undefined;
  const found = await lookAt(id, context, options);
  return found === undefined || found === 'folder' ? undefined : copyOf(found, context);
}

/** Reads a copy back from `offset` on. Throws `destination.not_found` when it is absent. */
export async function openCopy(
  id: string,
  { transport }: DropboxContext,
  options: CallSignal & { readonly offset: number },
): Promise<ReadableStream<Uint8Array>> {
  if (!id.startsWith('id:')) throw notFound();
  return download(transport, { path: id, ...options });
}

function isStampedWith(key: string, found: StampedFile | 'folder' | undefined): found is StampedFile {
  return found !== undefined && found !== 'folder' && found.stamp?.key === key;
}

function notFound(): DestinationError {
  return new DestinationError('dropbox: there is no copy with this id.', {
    code: 'destination.not_found',
    recovery: 'never',
    hint: 'Ids of Dropbox begin with "id:". Look at where the id comes from.',
  });
}

function unsearchable(): DestinationError {
  return new DestinationError('dropbox: a key cannot be searched by an app that sees a folder of its own only.', {
    code: 'destination.unsupported',
    recovery: 'never',
    hint: 'Give the path too, or make an app with the permission type "Full Dropbox", which can search.',
  });
}
