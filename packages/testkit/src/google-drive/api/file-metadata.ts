import { z } from 'zod';
import { DriveError, fileNotFound, idInUse, invalid, noPermission } from '../drive-error.ts';
import { isServiceAccount } from '../state/drive-accounts.ts';
import { type ContentRestriction, type DriveItem, folderMimeType, isFolder } from '../state/drive-item.ts';
import { isTrashed } from '../state/drive-permissions.ts';
import { type ApiContext, type ApiRequest, requireRole, visibleItem } from './api-context.ts';

const properties = z.record(z.string(), z.string().nullable()).optional();

/** The writable fields of a file that the emulator knows. */
export interface FileMetadata {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly description?: string | undefined;
  readonly parents?: readonly string[] | undefined;
  readonly trashed?: boolean | undefined;
  /** `null` takes one away. */
  readonly properties?: Readonly<Record<string, string | null>> | undefined;
  readonly appProperties?: Readonly<Record<string, string | null>> | undefined;
  readonly contentRestrictions?: readonly ContentRestriction[] | undefined;
}

const fileMetadataSchema: z.ZodType<FileMetadata> = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  mimeType: z.string().optional(),
  description: z.string().optional(),
  parents: z.array(z.string()).optional(),
  trashed: z.boolean().optional(),
  properties,
  appProperties: properties,
  contentRestrictions: z
    .array(z.object({ readOnly: z.boolean(), reason: z.string().optional(), ownerRestricted: z.boolean().optional() }))
    .optional(),
});

export function parseMetadata(json: unknown, { onMetadata }: ApiContext): FileMetadata {
  onMetadata(json);
  const parsed = fileMetadataSchema.safeParse(json);
  if (!parsed.success) throw invalid('Invalid Value');
  for (const entries of [parsed.data.properties, parsed.data.appProperties]) checkProperties(entries ?? {});
  return parsed.data;
}

/** https://developers.google.com/workspace/drive/api/guides/properties */
function checkProperties(entries: Readonly<Record<string, string | null>>): void {
  for (const [name, value] of Object.entries(entries)) {
    if (Buffer.byteLength(name) + Buffer.byteLength(value ?? '') > 124) {
      throw new DriveError(403, 'propertyTooLarge', 'The property key and value exceed the maximum of 124 bytes.');
    }
  }
}

/** Looks whether a file may be made as asked. Throws the API's refusal. */
export function checkNewFile(metadata: FileMetadata, request: Pick<ApiRequest, 'url' | 'context'>): DriveItem {
  const { context } = request;
  const parents = metadata.parents ?? ['root'];
  if (parents.length !== 1) throw new DriveError(400, 'multipleParentsNotSupported', 'A file must have exactly one parent.');
  checkNewId(metadata.id, context);
  const parent = visibleItem(parents[0] ?? 'root', request);
  if (!isFolder(parent)) throw new DriveError(403, 'parentNotAFolder', 'The specified parent is not a folder.');
  requireRole(parent, 'writer', context);
  const isBinned = isTrashed(parent, context.state.find);
  if (isBinned && context.behaviour.binnedFolders === 'refuse') throw fileNotFound(parent.id);
  const { drives, items } = context.state;
  const { driveId } = parent;
  const isFull = driveId !== undefined && items.filter((item) => item.driveId === driveId).length > context.behaviour.sharedDriveItemLimit;
  if (isFull && drives.has(driveId)) {
    throw new DriveError(403, 'teamDriveFileLimitExceeded', 'The file limit for this shared drive has been exceeded.');
  }
  return parent;
}

function checkNewId(id: string | undefined, { state }: ApiContext): void {
  if (id === undefined) return;
  if (state.find(id) !== undefined) throw idInUse();
  if (!state.wasGenerated(id)) throw invalid('The provided file ID is not usable.');
}

/** Bytes cost somebody's storage; those in a shared drive are the organisation's. */
export function checkStorage(parent: DriveItem, bytes: number, { state, caller, behaviour }: ApiContext): void {
  if (parent.driveId !== undefined) return;
  if (isServiceAccount(caller.account)) {
    const message = 'Service Accounts do not have storage quota. Leverage shared drives, or use OAuth delegation instead.';
    throw new DriveError(403, 'storageQuotaExceeded', message);
  }
  if (state.usedBytes(caller.account) + bytes > behaviour.storageLimitBytes) {
    throw new DriveError(403, 'storageQuotaExceeded', "The user's Drive storage quota has been exceeded.");
  }
}

/** Makes the item in one step; nothing about it has to be checked any more. */
export function createItem(
  metadata: FileMetadata,
  options: { readonly parent: DriveItem; readonly mediaType?: string; readonly context: ApiContext },
): DriveItem {
  const { parent, mediaType, context } = options;
  const { state, caller } = context;
  const item = state.create({
    id: metadata.id,
    name: metadata.name ?? 'Untitled',
    mimeType: metadata.mimeType ?? mediaType ?? 'application/octet-stream',
    parentId: parent.id,
    projectId: caller.projectId,
    account: caller.account,
  });
  applyMetadata(item, metadata, context);
  return item;
}

export function applyMetadata(item: DriveItem, metadata: FileMetadata, { state, caller }: ApiContext): void {
  const own = item.appProperties.get(caller.projectId) ?? new Map<string, string>();
  const appProperties = merged(own, metadata.appProperties ?? {});
  const shared = merged(item.properties, metadata.properties ?? {});
  if (appProperties.size > 30 || shared.size > 30) {
    throw new DriveError(403, 'numberOfPropertiesExceeded', 'The file has too many properties.');
  }
  item.appProperties.set(caller.projectId, appProperties);
  item.properties.clear();
  for (const [name, value] of shared) item.properties.set(name, value);
  item.name = metadata.name ?? item.name;
  item.description = metadata.description ?? item.description;
  item.isTrashed = metadata.trashed ?? item.isTrashed;
  item.contentRestrictions = metadata.contentRestrictions?.filter(({ readOnly }) => readOnly) ?? item.contentRestrictions;
  state.touch(item);
}

function merged(known: ReadonlyMap<string, string>, changes: Readonly<Record<string, string | null>>): Map<string, string> {
  const result = new Map(known);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) result.delete(name);
    else result.set(name, value);
  }
  return result;
}

/** Looks whether a file may be changed as asked. */
export function checkChange(
  item: DriveItem,
  metadata: FileMetadata,
  { context, hasMedia }: { readonly context: ApiContext; readonly hasMedia: boolean },
): void {
  requireRole(item, metadata.trashed === true && item.driveId !== undefined ? 'fileOrganizer' : 'writer', context);
  if (metadata.mimeType === folderMimeType && !isFolder(item)) throw invalid('A file cannot become a folder.');
  const isLocked = item.contentRestrictions.some(({ readOnly }) => readOnly);
  if (isLocked && (hasMedia || metadata.name !== undefined)) {
    throw new DriveError(403, 'fileContentRestricted', 'The content of the file is read-only.');
  }
  if (hasMedia && isFolder(item)) throw noPermission();
}
