import type { DriveApi } from './api.ts';
import type { FileIds } from './file-ids.ts';
import type { FolderPaths } from './folder-paths.ts';
import type { Folders } from './folders.ts';
import type { GoogleDriveSettings } from './options.ts';
import type { RootFolder } from './root-folder.ts';

/** What the verbs of one destination share. */
export interface DriveContext {
  readonly api: DriveApi;
  readonly settings: GoogleDriveSettings;
  readonly root: RootFolder;
  readonly ids: FileIds;
  readonly folders: Folders;
  readonly paths: FolderPaths;
}
