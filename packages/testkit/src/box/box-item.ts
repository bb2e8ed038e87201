import type { BoxRole } from './box-role.ts';
import type { FileContent } from './file-content.ts';

export type MetadataValue = string | number | readonly string[];

/** What a file carries of one template. */
export interface MetadataInstance {
  readonly id: string;
  version: number;
  values: Record<string, MetadataValue>;
}

export interface BoxFolder {
  readonly type: 'folder';
  readonly id: string;
  name: string;
  /** `undefined` for the root. */
  readonly parentId: string | undefined;
  etag: number;
  readonly createdAt: number;
  /** Id of the user whose space it takes, together with everything below; `undefined` below the top. */
  ownerId: string | undefined;
  /** Who was invited, by user id; folders below inherit it. */
  readonly collaborations: Map<string, BoxRole>;
}

export interface BoxFile {
  readonly type: 'file';
  readonly id: string;
  name: string;
  parentId: string;
  etag: number;
  versionId: string;
  /** The first one first. */
  readonly earlierVersions: { readonly id: string; readonly sha1: string }[];
  content: FileContent;
  sha1: string;
  readonly createdAt: number;
  modifiedAt: number;
  /** By scope and template: `enterprise_1.contract`. */
  readonly metadata: Map<string, MetadataInstance>;
  linkAccess: 'open' | 'company' | 'collaborators' | undefined;
  isLocked: boolean;
  isTrashed: boolean;
}

export interface TemplateField {
  readonly type: string;
  readonly key: string;
  readonly displayName: string;
  readonly hidden?: boolean;
}

export interface MetadataTemplate {
  readonly id: string;
  readonly scope: string;
  readonly templateKey: string;
  readonly displayName: string;
  readonly hidden: boolean;
  readonly copyInstanceOnItemCopy: boolean;
  readonly fields: readonly TemplateField[];
}

export interface UploadPart {
  readonly partId: string;
  readonly offset: number;
  readonly size: number;
  readonly sha1: string;
  readonly content: FileContent;
}

export interface UploadSession {
  readonly id: string;
  readonly userId: string;
  readonly size: number;
  readonly partSize: number;
  readonly name: string;
  readonly parentId: string;
  /** Set when the session writes a new version. */
  readonly fileId: string | undefined;
  readonly expiresAt: number;
  readonly parts: Map<number, UploadPart>;
  commits: number;
}
