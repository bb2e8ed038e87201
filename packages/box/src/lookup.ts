import {
  type CallOptions,
  DestinationError,
  type DocumentPath,
  type FindQuery,
  type StoredCopy,
} from '@spotdraft-archive/core/destination';
import type { BoxContext } from './context.ts';
import { instanceOf, keyIn, propertiesIn } from './stamp.ts';
import { type Carrier, keyField } from './template.ts';
import { type BoxFile, conflictSchema, type Instance } from './wire-types.ts';

/** How the look-ups of one carrier ask for a file's metadata. */
export function metadataField({ scope, templateKey }: Carrier): string {
  return `metadata.${scope}.${templateKey}`;
}

/** Describes a copy by its id. */
export async function statCopy(id: string, context: BoxContext, options: CallOptions): Promise<StoredCopy | undefined> {
  const carrier = await context.carrier(options);
  const file = await context.api.readFile(id, { ...options, metadataField: metadataField(carrier) });
  return file && describeFile(file, instanceOf(file, carrier), context);
}

/** Finds the copy that carries a key: by a query where keys can be searched, at its path elsewhere. */
export async function findCopy({ key, path }: FindQuery, context: BoxContext, options: CallOptions): Promise<StoredCopy | undefined> {
  const carrier = await context.carrier(options);
  if (carrier.scope !== 'global') return findByKey(key, carrier, { ...options, context });
  if (path === undefined) throw keyCannotBeSearched();
  const file = await fileAt(path, context, options);
  if (file === undefined || keyIn(instanceOf(file, carrier)) !== key) return undefined;
  return describeFile(file, instanceOf(file, carrier), context);
}

/** Unlike Box's search, the query sees metadata at once. https://developer.box.com/guides/metadata/queries/comparison */
async function findByKey(
  key: string,
  carrier: Carrier,
  { context, signal }: CallOptions & { readonly context: BoxContext },
): Promise<StoredCopy | undefined> {
  const { api, settings } = context;
  const query = { ...carrier, field: keyField, value: key, ancestorFolderId: settings.folderId };
  const files = await api.findFiles(query, { metadataField: metadataField(carrier), signal });
  // Oldest first, so that every process takes the same one of twins.
  const [file, ...twins] = files.filter((found) => keyIn(instanceOf(found, carrier)) === key).toSorted(byAge);
  if (file === undefined) return undefined;
  const copy = describeFile(file, instanceOf(file, carrier), context);
  return twins.length === 0 ? copy : { ...copy, twins: twins.map(({ id }) => id) };
}

/** The file at a path, found without making a folder. The check before an upload names it: Box has no look-up by path. */
export async function fileAt(path: DocumentPath, context: BoxContext, options: CallOptions): Promise<BoxFile | undefined> {
  const { api, folders } = context;
  const parentId = await folders.locate(path.folders, options);
  if (parentId === undefined) return undefined;
  const answer = await api.checkUpload({ name: path.name, parentId }, options);
  const existing = answer.status === 409 ? answer.json(conflictSchema) : undefined;
  if (existing?.type !== 'file') return undefined;
  return api.readFile(existing.id, { ...options, metadataField: metadataField(await context.carrier(options)) });
}

/** A file as the contract describes a copy. */
export function describeFile(file: BoxFile, instance: Instance | undefined, { settings }: Pick<BoxContext, 'settings'>): StoredCopy {
  const isShared = settings.link !== 'none' && file.shared_link?.access === settings.link;
  return {
    id: file.id,
    revision: file.file_version?.id,
    path: pathOf(file, settings.folderId),
    size: file.size,
    hash: file.sha1,
    key: keyIn(instance),
    properties: instance && propertiesIn(instance),
    webUrl: isShared ? file.shared_link?.url : `https://app.box.com/file/${file.id}`,
  };
}

/** Where a file lies below the root; `undefined` when it lies elsewhere or the account sees too little of the way. */
function pathOf({ name, path_collection: path }: BoxFile, rootId: string): DocumentPath | undefined {
  const ancestors = path?.entries ?? [];
  const root = ancestors.findIndex(({ id }) => id === rootId);
  return root === -1 ? undefined : { folders: ancestors.slice(root + 1).map((folder) => folder.name), name };
}

function byAge(first: BoxFile, second: BoxFile): number {
  return Number(first.id) - Number(second.id);
}

function keyCannotBeSearched(): DestinationError {
  return new DestinationError('box: a key can be looked for only together with its path.', {
    code: 'destination.unsupported',
    recovery: 'never',
    hint: "Use the option metadata: 'enterprise', which makes keys searchable, or pass the path.",
    details: { provider: 'box' },
  });
}
