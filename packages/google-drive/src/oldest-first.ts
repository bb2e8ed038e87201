import type { DriveFile } from './wire-types.ts';

/** The order in which twins are looked at: every process chooses the same first. */
export function oldestFirst(a: DriveFile, b: DriveFile): number {
  return compare(a.createdTime, b.createdTime) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
