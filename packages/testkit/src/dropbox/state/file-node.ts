import type { StoredBytes } from '../../emulator/index.ts';

export interface PropertyField {
  readonly name: string;
  readonly value: string;
}

export interface PropertyGroup {
  readonly template_id: string;
  readonly fields: readonly PropertyField[];
}

/** A file of an emulated account. */
export interface FileNode {
  readonly kind: 'file';
  readonly id: string;
  path: string;
  rev: string;
  bytes: StoredBytes;
  contentHash: string;
  clientModified: Date;
  serverModified: Date;
  groups: readonly PropertyGroup[];
  /** When the groups changed last, in milliseconds since 1970: the search lags behind. */
  groupsChangedAt: number;
  isDeleted: boolean;
}

export interface FolderNode {
  readonly kind: 'folder';
  readonly id: string;
  path: string;
}

export type TreeNode = FileNode | FolderNode;

/** What a commit writes besides bytes. */
export interface Commit {
  readonly path: string;
  readonly mode: { readonly '.tag': string; readonly update?: string | undefined };
  readonly autorename: boolean;
  readonly strictConflict: boolean;
  readonly clientModified: Date | undefined;
  readonly groups: readonly PropertyGroup[];
}
