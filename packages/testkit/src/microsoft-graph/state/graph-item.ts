import type { StoredBytes } from '../../emulator/index.ts';

export interface FileContent {
  readonly bytes: StoredBytes;
  readonly quickXorHash: string;
  readonly mediaType: string;
}

/** Who made an item. */
export interface Maker {
  readonly clientId: string;
  /** Absent for an app that acts by itself. */
  readonly user?: string | undefined;
}

/** A file or folder. */
export interface GraphItem {
  readonly id: string;
  /** Names the item in the library's list. */
  readonly listItemId: string;
  name: string;
  /** Absent for the root of a drive. */
  parentId: string | undefined;
  /** Absent for folders. */
  content: FileContent | undefined;
  readonly createdAt: number;
  /** Absent for what the emulator itself or a test put there. */
  readonly createdBy: Maker | undefined;
  modifiedAt: number;
  /** Counts every change. */
  version: number;
  /** Counts changes of the content. */
  contentVersion: number;
  /** Values of the library's columns. */
  readonly fields: Map<string, string>;
  retentionLabel: string | undefined;
  isRecordLocked: boolean;
}

/** A column of a library. */
export interface GraphColumn {
  readonly id: string;
  readonly name: string;
  indexed: boolean;
  enforceUniqueValues: boolean;
}

export function eTagOf({ id, version }: GraphItem): string {
  return `"{${id}},${version}"`;
}

export function cTagOf({ id, contentVersion }: GraphItem): string {
  return `"c:{${id}},${contentVersion}"`;
}
