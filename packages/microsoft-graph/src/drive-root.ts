/** Where a destination lies: a folder in a drive. */
export interface DriveRoot {
  readonly driveId: string;
  readonly driveType: string;
  /** The item that paths start from: `root`, or `items/{id}` for the folder of an app. */
  readonly start: string;
  /** Folders from the drive's root to `start`. */
  readonly baseFolders: readonly string[];
  /** Folders from `start` to the destination. */
  readonly folders: readonly string[];
}

/** Addresses a file or folder below the destination: `drives/{id}/root:/a/b:`. Each segment is encoded by itself, so `#` and `%` are safe. */
export function addressOfPath(root: DriveRoot, segments: readonly string[]): string {
  const start = `drives/${encodeURIComponent(root.driveId)}/${root.start}`;
  const path = [...root.folders, ...segments];
  return path.length === 0 ? start : `${start}:/${path.map(encodeURIComponent).join('/')}:`;
}

/** Addresses an item of the destination's drive by its id. */
export function addressOfId({ driveId }: DriveRoot, itemId: string): string {
  return `drives/${encodeURIComponent(driveId)}/items/${encodeURIComponent(itemId)}`;
}

/** Splits a path such as `/Legal/Contracts` into its folders. */
export function foldersIn(path: string): readonly string[] {
  return path.split('/').filter((folder) => folder !== '');
}
