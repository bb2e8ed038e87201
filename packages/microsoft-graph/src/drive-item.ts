import type { DocumentPath, StoredCopy } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { DriveRoot } from './drive-root.ts';

const fieldsSchema = z.record(z.string(), z.unknown());

/** What of a driveItem is used. https://learn.microsoft.com/graph/api/resources/driveitem */
export interface DriveItem {
  readonly id: string;
  readonly name: string;
  readonly size?: number | undefined;
  readonly eTag?: string | undefined;
  readonly cTag?: string | undefined;
  readonly webUrl?: string | undefined;
  /** ISO 8601. */
  readonly createdDateTime?: string | undefined;
  readonly createdBy?: { readonly application?: { readonly id?: string | null | undefined } | null | undefined } | undefined;
  readonly parentReference?: { readonly driveId?: string | undefined; readonly path?: string | null | undefined } | undefined;
  readonly file?: { readonly hashes?: { readonly quickXorHash?: string | null | undefined } | null | undefined } | undefined;
  readonly listItem?: { readonly fields?: Readonly<Record<string, unknown>> | undefined } | null | undefined;
}

export const driveItemSchema: z.ZodType<DriveItem> = z.object({
  id: z.string().min(1),
  name: z.string(),
  size: z.number().optional(),
  eTag: z.string().optional(),
  cTag: z.string().optional(),
  webUrl: z.string().optional(),
  createdDateTime: z.string().optional(),
  createdBy: z.object({ application: z.object({ id: z.string().nullish() }).nullish() }).optional(),
  parentReference: z.object({ driveId: z.string().optional(), path: z.string().nullish() }).optional(),
  file: z.object({ hashes: z.object({ quickXorHash: z.string().nullish() }).nullish() }).optional(),
  listItem: z.object({ fields: fieldsSchema.optional() }).nullish(),
});

/** What is asked for of every item: nothing that is not used. */
export const selectedProperties = 'id,name,size,eTag,cTag,webUrl,createdDateTime,createdBy,parentReference,file';

/** Key and properties as they are kept with a copy. */
export interface KeptMetadata {
  readonly key?: string | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
}

/** The store's own hash. OneDrive and SharePoint compute it a little later now and then. */
export function hashOf(item: DriveItem): string | undefined {
  return item.file?.hashes?.quickXorHash ?? undefined;
}

/** The cTag names a state of the content; the eTag also changes with the metadata. */
export function toCopy(item: DriveItem, { key, properties }: KeptMetadata, root: DriveRoot): StoredCopy {
  return {
    id: item.id,
    revision: item.cTag,
    path: pathOf(item, root),
    size: item.size ?? 0,
    hash: hashOf(item),
    key,
    properties,
    webUrl: item.webUrl,
  };
}

/** Where an item lies below the destination's folder; `undefined` when it lies elsewhere or Graph does not tell. */
export function pathOf({ name, parentReference }: DriveItem, { baseFolders, folders }: DriveRoot): DocumentPath | undefined {
  const encoded = /root:\/?(.*)$/.exec(parentReference?.path ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const parents = encoded === '' ? [] : encoded.split('/').map(decodeSegment);
  const above = [...baseFolders, ...folders];
  const isBelow = above.every((folder, index) => parents[index]?.toLowerCase() === folder.toLowerCase());
  return isBelow ? { folders: parents.slice(above.length), name } : undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
