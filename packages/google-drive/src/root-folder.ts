import { type CallOptions, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi } from './api.ts';
import { rootNotAFolder, rootNotFound } from './errors.ts';
import { type DriveFile, folderMimeType } from './wire-types.ts';

/** The folder that the destination was given. */
export interface RootFolder {
  /** Looks at it now. Throws `destination.folder_not_found` unless it is a folder outside the bin. */
  look(options: CallOptions): Promise<DriveFile>;
  /** The shared drive it lies in; nothing for somebody's My Drive. Asked once. */
  driveId(options: CallOptions): Promise<string | undefined>;
}

export function createRootFolder(api: DriveApi, folderId: string): RootFolder {
  const looks = onceEach<DriveFile>();

  async function look({ signal }: CallOptions): Promise<DriveFile> {
    const folder = await api.getFile(folderId, { signal });
    if (folder === undefined || folder.trashed === true) throw rootNotFound();
    if (folder.mimeType !== folderMimeType) throw rootNotAFolder();
    return folder;
  }

  return {
    look,
    driveId: async ({ signal }) => (await looks.get(folderId, { make: (shared) => look({ signal: shared }), signal })).driveId,
  };
}
