import type { EmulatedDrive } from '../state/emulated-drive.ts';
import { cTagOf, eTagOf, type GraphItem } from '../state/graph-item.ts';

export type Described = Record<string, unknown>;

export interface DescribeOptions {
  readonly drive: EmulatedDrive;
  /** @default true */
  readonly hasHash?: boolean | undefined;
}

/** A driveItem with all its properties. https://learn.microsoft.com/graph/api/resources/driveitem */
export function describeItem(item: GraphItem, { drive, hasHash = true }: DescribeOptions): Described {
  const path = drive.pathOf(item);
  const encoded = path.map(encodeURIComponent);
  const isRoot = item.parentId === undefined;
  const above = encoded.slice(0, -1).join('/');
  return {
    createdBy: describeMaker(item),
    createdDateTime: new Date(item.createdAt).toISOString(),
    eTag: eTagOf(item),
    id: item.id,
    lastModifiedDateTime: new Date(item.modifiedAt).toISOString(),
    name: item.name,
    webUrl: [drive.webUrl, ...encoded].join('/'),
    size: item.content?.bytes.size ?? 0,
    parentReference: {
      driveType: drive.driveType,
      driveId: drive.id,
      ...(!isRoot && { id: item.parentId, path: `/drives/${drive.id}/root:${above === '' ? '' : `/${above}`}` }),
    },
    fileSystemInfo: {
      createdDateTime: new Date(item.createdAt).toISOString(),
      lastModifiedDateTime: new Date(item.modifiedAt).toISOString(),
    },
    ...(item.content === undefined
      ? { folder: { childCount: drive.childrenOf(item).length } }
      : {
          cTag: cTagOf(item),
          file: { mimeType: item.content.mediaType, ...(hasHash && { hashes: { quickXorHash: item.content.quickXorHash } }) },
        }),
    ...(isRoot && { root: {} }),
  };
}

/** An app that acts by itself is named, and no user. https://learn.microsoft.com/graph/api/resources/identityset */
function describeMaker({ createdBy }: GraphItem): Described {
  if (createdBy === undefined) return { user: { displayName: 'Somebody' } };
  const { clientId, user } = createdBy;
  return { application: { id: clientId, displayName: 'Archive' }, ...(user !== undefined && { user: { displayName: user } }) };
}

/** https://learn.microsoft.com/graph/api/resources/listitem */
export function describeListItem(item: GraphItem, drive: EmulatedDrive, expanded: readonly string[] = []): Described {
  return {
    id: item.listItemId,
    eTag: eTagOf(item),
    createdDateTime: new Date(item.createdAt).toISOString(),
    lastModifiedDateTime: new Date(item.modifiedAt).toISOString(),
    webUrl: describeItem(item, { drive }).webUrl,
    ...(expanded.includes('fields') && { fields: describeFields(item) }),
    ...(expanded.includes('driveItem') && { driveItem: describeItem(item, { drive }) }),
  };
}

export function describeFields(item: GraphItem): Described {
  return { '@odata.etag': eTagOf(item), id: item.listItemId, FileLeafRef: item.name, ...Object.fromEntries(item.fields) };
}

/** Keeps what `$select` names and adds what `$expand` asks for. */
export function shapeItem(
  item: GraphItem,
  drive: EmulatedDrive,
  { query, hasHash }: { readonly query: URLSearchParams; readonly hasHash?: boolean },
): Described {
  const described = describeItem(item, { drive, hasHash });
  const selected = query.get('$select')?.split(',');
  const kept =
    selected === undefined ? described : Object.fromEntries(Object.entries(described).filter(([name]) => selected.includes(name)));
  const expand = query.get('$expand') ?? '';
  if (!expand.startsWith('listItem') || drive.driveType === 'personal') return kept;
  return { ...kept, listItem: describeListItem(item, drive, expand.includes('fields') ? ['fields'] : []) };
}
