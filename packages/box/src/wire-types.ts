import { z } from 'zod';

/** What a file carries of one metadata template, with Box's own `$…` fields. */
export type Instance = Readonly<Record<string, unknown>>;

/** A file, as far as it is looked at. */
export interface BoxFile {
  readonly type: 'file';
  readonly id: string;
  readonly etag?: string | null | undefined;
  readonly name: string;
  readonly size: number;
  readonly sha1: string;
  readonly file_version?: { readonly id: string } | null | undefined;
  readonly path_collection?: { readonly entries: readonly { readonly id: string; readonly name: string }[] } | null | undefined;
  readonly shared_link?: { readonly url: string; readonly access?: string | undefined } | null | undefined;
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, Instance>>>> | null | undefined;
}

/** A file or folder in a list, or in the way of another. */
export interface BoxItem {
  readonly type: string;
  readonly id: string;
  readonly name?: string | undefined;
}

/** What is in the way of an upload. Box says of a file which bytes it has. */
export interface Conflict extends BoxItem {
  readonly sha1?: string | undefined;
  readonly etag?: string | null | undefined;
  readonly file_version?: { readonly id: string } | null | undefined;
}

export interface BoxFolder {
  readonly id: string;
  readonly name: string;
  readonly permissions?: { readonly can_upload?: boolean | undefined; readonly can_download?: boolean | undefined } | null | undefined;
}

export interface ItemPage {
  readonly entries: readonly BoxItem[];
  readonly next_marker?: string | null | undefined;
}

export interface QueryResult {
  readonly entries: readonly (BoxFile | { readonly type: 'folder' })[];
}

export interface Template {
  readonly scope: string;
  readonly templateKey: string;
  readonly fields?: readonly { readonly key: string; readonly type: string }[] | null | undefined;
}

export interface BoxUser {
  readonly id: string;
  readonly max_upload_size?: number | null | undefined;
}

export interface OpenedSession {
  readonly part_size: number;
  readonly session_endpoints: {
    readonly upload_part: string;
    readonly list_parts: string;
    readonly commit: string;
    readonly abort: string;
  };
}

/** One part of an upload, as it has to be named again at the commit. */
export interface Part {
  readonly part_id: string;
  readonly offset: number;
  readonly size: number;
  readonly sha1?: string | undefined;
}

export interface PartPage {
  readonly entries: readonly Part[];
  readonly total_count: number;
}

export const instanceSchema: z.ZodType<Instance> = z.record(z.string(), z.unknown());

export const fileSchema: z.ZodType<BoxFile> = z.object({
  type: z.literal('file'),
  id: z.string(),
  etag: z.string().nullish(),
  name: z.string(),
  size: z.number(),
  sha1: z.string(),
  file_version: z.object({ id: z.string() }).nullish(),
  path_collection: z.object({ entries: z.array(z.object({ id: z.string(), name: z.string() })) }).nullish(),
  shared_link: z.object({ url: z.string(), access: z.string().optional() }).nullish(),
  metadata: z.record(z.string(), z.record(z.string(), instanceSchema)).nullish(),
});

/** Uploads answer with a list of one. */
export const uploadedFileSchema: z.ZodType<BoxFile> = z.object({ entries: z.tuple([fileSchema]) }).transform(({ entries }) => entries[0]);

const itemSchema = z.object({ type: z.string(), id: z.string(), name: z.string().optional() });

const conflictItemSchema = itemSchema.extend({
  sha1: z.string().optional(),
  etag: z.string().nullish(),
  file_version: z.object({ id: z.string() }).nullish(),
});

// An array in Box's description, an object for files in practice.
// https://github.com/rclone/rclone/blob/master/backend/box/api/types.go
export const conflictSchema: z.ZodType<Conflict | undefined> = z
  .object({ context_info: z.object({ conflicts: z.union([z.array(conflictItemSchema), conflictItemSchema]) }) })
  .transform(({ context_info: { conflicts } }) => (Array.isArray(conflicts) ? conflicts[0] : conflicts));

export const folderSchema: z.ZodType<BoxFolder> = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.object({ can_upload: z.boolean().optional(), can_download: z.boolean().optional() }).nullish(),
});

export const itemPageSchema: z.ZodType<ItemPage> = z.object({ entries: z.array(itemSchema), next_marker: z.string().nullish() });

// Folders can carry the template too.
export const queryResultSchema: z.ZodType<QueryResult> = z.object({
  entries: z.array(z.union([fileSchema, z.object({ type: z.literal('folder') })])),
});

export const templateSchema: z.ZodType<Template> = z.object({
  scope: z.string(),
  templateKey: z.string(),
  fields: z.array(z.object({ key: z.string(), type: z.string() })).nullish(),
});

export const userSchema: z.ZodType<BoxUser> = z.object({ id: z.string(), max_upload_size: z.number().nullish() });

export const sessionSchema: z.ZodType<OpenedSession> = z.object({
  part_size: z.number().int().positive(),
  session_endpoints: z.object({ upload_part: z.string(), list_parts: z.string(), commit: z.string(), abort: z.string() }),
});

const partSchema = z.object({ part_id: z.string(), offset: z.number(), size: z.number(), sha1: z.string().optional() });

export const uploadedPartSchema: z.ZodType<Part> = z.object({ part: partSchema }).transform(({ part }) => part);

export const partPageSchema: z.ZodType<PartPage> = z.object({ entries: z.array(partSchema), total_count: z.number() });
