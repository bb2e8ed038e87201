import type { DocumentPath } from '@spotdraft-archive/core/destination';

// Dropbox makes the folders of a path by itself, so nothing has to be made here: paths are only written and read.

/** A document's path as Dropbox writes it. */
export function pathOf({ folders, name }: DocumentPath, root: readonly string[]): string {
  return `/${[...root, ...folders, name].join('/')}`;
}

/** A path below the root; `undefined` for what was moved out of it. Dropbox takes capital and small letters for the same. */
export function documentPathOf(path: string | null | undefined, root: readonly string[]): DocumentPath | undefined {
  const segments = path?.split('/').slice(1) ?? [];
  const folders = segments.slice(root.length, -1);
  const name = segments.at(-1);
  const isBelow = segments.length > root.length && root.every((folder, index) => segments[index]?.toLowerCase() === folder.toLowerCase());
  return isBelow && name !== undefined ? { folders, name } : undefined;
}
