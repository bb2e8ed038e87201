import { z } from 'zod';

/** What of Dropbox's answers is used. */
export interface PropertyGroup {
  readonly template_id: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

const groupSchema: z.ZodType<PropertyGroup> = z.object({
  template_id: z.string(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});

export interface FileMetadata {
  readonly id: string;
  readonly rev: string;
  /** In bytes. */
  readonly size: number;
  readonly server_modified: string;
  readonly path_display?: string | null | undefined;
  readonly content_hash?: string | null | undefined;
  /** Absent when the answer does not show them. */
  readonly property_groups?: readonly PropertyGroup[] | null | undefined;
}

const fileShape = {
  id: z.string(),
  rev: z.string(),
  size: z.number(),
  server_modified: z.string(),
  path_display: z.string().nullish(),
  content_hash: z.string().nullish(),
  property_groups: z.array(groupSchema).nullish(),
};

export const fileSchema: z.ZodType<FileMetadata> = z.object(fileShape);

export type Metadata = ({ readonly '.tag': 'file' } & FileMetadata) | { readonly '.tag': 'folder' } | { readonly '.tag': 'deleted' };

export const metadataSchema: z.ZodType<Metadata> = z.union([
  z.object({ '.tag': z.literal('file'), ...fileShape }),
  z.object({ '.tag': z.literal('folder') }),
  z.object({ '.tag': z.literal('deleted') }),
]);

export interface UploadCursor {
  readonly session_id: string;
  readonly offset: number;
}

export type WriteMode = 'add' | 'overwrite' | { readonly '.tag': 'update'; readonly update: string };

/** Where and how an upload is written. */
export interface CommitInfo {
  readonly path: string;
  readonly mode: WriteMode;
  readonly groups: readonly PropertyGroup[];
}

export interface SearchMatch {
  readonly id: string;
  readonly is_deleted: boolean;
}

export interface Template {
  readonly name: string;
  readonly fields: readonly { readonly name: string }[];
}

export interface TemplateField {
  readonly name: string;
  readonly description: string;
}
