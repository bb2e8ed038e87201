import type { CallOptions, DocumentPath, FindQuery } from '@spotdraft-archive/core/destination';
import type { DriveContext } from './context.ts';
import { folderProperty, keyOf, keyProperty } from './metadata.ts';
import { oldestFirst } from './oldest-first.ts';
import { allOf, hasProperty, inFolder, notInBin } from './search-terms.ts';
import type { DriveFile } from './wire-types.ts';

/** The copy of a key, and further files that carry it too. */
export interface FoundCopy {
  readonly file: DriveFile;
  readonly twins: readonly DriveFile[];
}

/**
 * Looks for a key: in the index, and for a copy too young for the index in the folder where it would lie.
 *
 * Of several copies the oldest is the one.
 */
export async function findByKey({ key, path }: FindQuery, { signal }: CallOptions, drive: DriveContext): Promise<FoundCopy | undefined> {
  return choose(await searchKey(key, { signal }, drive)) ?? (path && choose(await listFolder({ key, path }, { signal }, drive)));
}

async function searchKey(key: string, { signal }: CallOptions, { api, root, settings }: DriveContext): Promise<DriveFile[]> {
  const { folderId, propertyField } = settings;
  const query = allOf(
    hasProperty(propertyField, { name: keyProperty, value: key }),
    hasProperty(propertyField, { name: folderProperty, value: folderId }),
    notInBin,
  );
  const files = await api.listFiles({ query, driveId: await root.driveId({ signal }), signal });
  // The index may be behind about the bin and about properties as well.
  return files.filter((file) => file.trashed !== true && keyOf(file, settings) === key);
}

interface FolderQuery {
  readonly key: string;
  readonly path: DocumentPath;
}

async function listFolder({ key, path }: FolderQuery, { signal }: CallOptions, drive: DriveContext): Promise<DriveFile[]> {
  const folderId = await drive.folders.find(path.folders, { signal });
  return folderId === undefined ? [] : copiesIn({ folderId, key }, { signal }, drive);
}

interface CopiesQuery {
  readonly folderId: string;
  readonly key: string;
}

/** The copies of a key in a folder. Unlike the search, the listing of a folder does not lag behind. https://github.com/kopia/kopia/issues/90 */
async function copiesIn(
  { folderId, key }: CopiesQuery,
  { signal }: CallOptions,
  { api, root, settings }: DriveContext,
): Promise<DriveFile[]> {
  const query = allOf(inFolder(folderId), notInBin);
  const files = await api.listFiles({ query, driveId: await root.driveId({ signal }), orderBy: 'createdTime desc', signal });
  return files.filter((file) => keyOf(file, settings) === key);
}

/** The copy that every process takes for the one, of those of a key in a folder. */
export async function winnerIn(query: CopiesQuery, options: CallOptions, drive: DriveContext): Promise<DriveFile | undefined> {
  return choose(await copiesIn(query, options, drive))?.file;
}

function choose(files: readonly DriveFile[]): FoundCopy | undefined {
  const [file, ...twins] = files.toSorted(oldestFirst);
  return file && { file, twins };
}

/** Describes a file by its id; nothing when it is gone or in the bin. */
export async function findById(id: string, { signal }: CallOptions, { api }: DriveContext): Promise<DriveFile | undefined> {
  const file = await api.getFile(id, { signal });
  return file?.trashed === true ? undefined : file;
}
