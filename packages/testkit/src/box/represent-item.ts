import type { BoxEnterprise } from './box-enterprise.ts';
import type { BoxFile, BoxFolder, MetadataInstance } from './box-item.ts';
import { allows, type BoxPermission } from './box-role.ts';

type Json = Readonly<Record<string, unknown>>;

/** Who looks, and at what. */
export interface Viewer {
  readonly enterprise: BoxEnterprise;
  readonly userId: string;
}

/** An item as Box describes it to somebody: everything, or only the `fields` that were asked for. */
export function representItem(item: BoxFile | BoxFolder, viewer: Viewer, fields?: string | null): Json {
  const base = { type: item.type, id: item.id, etag: String(item.etag) };
  const full: Json = { ...base, ...(item.type === 'file' ? fileFacts(item, viewer) : folderFacts(item, viewer)) };
  if (fields === undefined || fields === null || fields === '') return full;
  const wanted = fields.split(',');
  const chosen = Object.fromEntries(wanted.filter((name) => name in full).map((name) => [name, full[name]]));
  const metadata = item.type === 'file' ? chosenMetadata(item, wanted) : {};
  return { ...base, ...chosen, ...metadata };
}

/** A file or folder with no more than its names, as it appears inside other answers. */
export function representMini(item: BoxFile | BoxFolder): Json {
  const base = { type: item.type, id: item.id, sequence_id: '0', etag: String(item.etag), name: item.name };
  if (item.type === 'folder') return base;
  return { ...base, sha1: item.sha1, file_version: version(item) };
}

/** A metadata instance as its own endpoints answer it. */
export function representInstance(file: BoxFile, scopeAndKey: string, instance: MetadataInstance): Json {
  const [scope = '', templateKey = ''] = scopeAndKey.split('.');
  return {
    $parent: `file_${file.id}`,
    $scope: scope,
    $template: templateKey,
    $version: instance.version,
    $id: instance.id,
    $type: `${templateKey}-${instance.id}`,
    $typeVersion: 0,
    $canEdit: true,
    ...instance.values,
  };
}

function fileFacts(file: BoxFile, viewer: Viewer): Json {
  return {
    sequence_id: '0',
    name: file.name,
    sha1: file.sha1,
    size: file.content.size,
    description: '',
    file_version: version(file),
    parent: parentOf(file.parentId, viewer),
    path_collection: pathCollection(file.parentId, viewer),
    owned_by: ownerOf(file.parentId, viewer),
    created_at: time(file.createdAt),
    modified_at: time(file.modifiedAt),
    content_created_at: time(file.createdAt),
    content_modified_at: time(file.modifiedAt),
    trashed_at: null,
    purged_at: null,
    item_status: file.isTrashed ? 'trashed' : 'active',
    shared_link: file.linkAccess === undefined ? null : sharedLink(file.id, file.linkAccess),
  };
}

function folderFacts(folder: BoxFolder, viewer: Viewer): Json {
  const parentPath = folder.parentId === undefined ? { total_count: 0, entries: [] } : pathCollection(folder.parentId, viewer);
  return {
    sequence_id: '0',
    name: folder.name,
    size: 0,
    description: '',
    path_collection: parentPath,
    parent: folder.parentId === undefined ? null : parentOf(folder.parentId, viewer),
    owned_by: ownerOf(folder.id, viewer),
    created_at: time(folder.createdAt),
    item_status: 'active',
    permissions: permissions(folder.id, viewer),
  };
}

function permissions(folderId: string, { enterprise, userId }: Viewer): Json {
  const role = enterprise.roleIn(folderId, userId);
  const may = (permission: BoxPermission) => allows(role, permission);
  return {
    can_delete: may('delete'),
    can_download: may('download'),
    can_invite_collaborator: may('rename'),
    can_rename: may('rename'),
    can_set_share_access: may('rename'),
    can_share: may('share'),
    can_upload: may('upload'),
  };
}

function version(file: BoxFile): Json {
  return { type: 'file_version', id: file.versionId, sha1: file.sha1 };
}

function parentOf(folderId: string, { enterprise: { folders } }: Viewer): Json | null {
  const folder = folders.get(folderId);
  return folder === undefined ? null : representMini(folder);
}

/** Of the way to an item, who was invited sees the part below the folder of the invitation. */
function pathCollection(parentId: string, { enterprise, userId }: Viewer): Json {
  const visible = enterprise.ancestryOf(parentId).filter(({ id }) => enterprise.roleIn(id, userId) !== undefined);
  return { total_count: visible.length, entries: visible.map(representMini) };
}

function ownerOf(folderId: string, { enterprise, userId }: Viewer): Json {
  const id = enterprise.ownerOf(folderId) ?? userId;
  return { type: 'user', id, name: `User ${id}`, login: `user-${id}@example.com` };
}

function sharedLink(fileId: string, access: string): Json {
  return {
    url: `https://app.box.com/s/link${fileId}`,
    download_url: null,
    vanity_url: null,
    vanity_name: null,
    access,
    effective_access: access,
    effective_permission: 'can_download',
    unshared_at: null,
    is_password_enabled: false,
    permissions: { can_download: true, can_preview: true, can_edit: false },
    download_count: 0,
    preview_count: 0,
  };
}

function chosenMetadata(file: BoxFile, fields: readonly string[]): Json {
  const wanted = fields.filter((field) => field.startsWith('metadata.')).map((field) => field.slice('metadata.'.length));
  if (wanted.length === 0) return {};
  const byScope: Record<string, Record<string, unknown>> = {};
  for (const scopeAndKey of wanted) {
    const instance = file.metadata.get(scopeAndKey);
    const [scope = '', templateKey = ''] = scopeAndKey.split('.');
    if (instance !== undefined) (byScope[scope] ??= {})[templateKey] = representInstance(file, scopeAndKey, instance);
  }
  return { metadata: byScope };
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '+00:00');
}
