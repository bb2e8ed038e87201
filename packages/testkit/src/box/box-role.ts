/** What somebody may do in a folder that others own, or do themselves. */
export type BoxRole = 'owner' | 'co-owner' | 'editor' | 'viewer uploader' | 'previewer uploader' | 'viewer' | 'previewer' | 'uploader';

/** `see`: names, metadata and hashes. `upload`: new files and folders. `edit`: new versions of files. */
export type BoxPermission = 'see' | 'download' | 'upload' | 'edit' | 'edit metadata' | 'rename' | 'delete' | 'share';

const all: readonly BoxPermission[] = ['see', 'download', 'upload', 'edit', 'edit metadata', 'rename', 'delete', 'share'];

/** https://support.box.com/hc/en-us/articles/360044196413-Understanding-Collaborator-Permission-Levels */
const permissionsOf: Readonly<Record<BoxRole, readonly BoxPermission[]>> = {
  owner: all,
  'co-owner': all,
  editor: all,
  'viewer uploader': ['see', 'download', 'upload', 'edit', 'edit metadata', 'share'],
  'previewer uploader': ['see', 'upload', 'edit metadata'],
  viewer: ['see', 'download', 'share'],
  previewer: ['see'],
  uploader: ['see', 'upload', 'edit metadata'],
};

/** Whether a role allows something. Who has no role, nothing. */
export function allows(role: BoxRole | undefined, permission: BoxPermission): boolean {
  return role !== undefined && permissionsOf[role].includes(permission);
}
