import { type CallOptions, onceEach } from '@spotdraft-archive/core/destination';
import type { DriveApi } from './api.ts';
import { rootNotAFolder, rootNotFound } from './errors.ts';
import { type DriveFile, folderMimeType } from './wire-types.ts';

/** The folder that the destination was given. */
export interface RootFolder {
  /** Looks at it now. Throws `destination.folder_not_found` unless it is a folder outside the bin. */
  look(options: CallOptions): Promise<DriveFile>;
  /** Its own id, also where the options name it `root`. */
  id(options: CallOptions): Promise<string>;
  /** The shared drive it lies in; nothing for somebody's My Drive. Asked once. */
  driveId(options: CallOptions): Promise<string | undefined>;
}

/** Drive's name for the account's My Drive, which no file has among its parents. https://developers.google.com/workspace/drive/api/guides/folder */
const alias = 'root';

export function createRootFolder(api: DriveApi, folderId: string): RootFolder {
  const looks = onceEach<DriveFile>();

  async function look({ signal }: CallOptions): Promise<DriveFile> {
    const folder = await api.getFile(folderId, { signal });
    if (folder === undefined || folder.trashed === true) throw rootNotFound();
    if (folder.mimeType !== folderMimeType) throw rootNotAFolder();
    return folder;
  }

  const lookOnce = ({ signal }: CallOptions) => looks.get(folderId, { make: (shared) => look({ signal: shared }), signal });

  return {
    look,
    id: async (options) => (folderId === alias ? (await lookOnce(options)).id : folderId),
    driveId: async (options) => (await lookOnce(options)).driveId,
  };
}
