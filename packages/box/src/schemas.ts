import { z } from 'zod';

const instanceSchema = z.record(z.string(), z.unknown());

/** A file, as far as it is looked at. */
export const fileSchema = z.object({
  type: z.literal('file'),
  id: z.string(),
  etag: z.string().nullish(),
  name: z.string(),
  size: z.number(),
  sha1: z.string(),
  file_version: z.object({ id: z.string() }).nullish(),
  parent: z.object({ id: z.string() }).nullish(),
  path_collection: z.object({ entries: z.array(z.object({ id: z.string(), name: z.string() })) }).nullish(),
  shared_link: z.object({ url: z.string(), access: z.string().optional() }).nullish(),
  metadata: z.record(z.string(), z.record(z.string(), instanceSchema)).nullish(),
});
export type BoxFile = z.output<typeof fileSchema>;
export type Instance = z.output<typeof instanceSchema>;

export const filesSchema = z.object({ entries: z.tuple([fileSchema]) }).transform(({ entries }) => entries[0]);

const itemSchema = z.object({ type: z.string(), id: z.string(), name: z.string().optional() });
export type BoxItem = z.output<typeof itemSchema>;

// An array in Box's description, an object for files in practice.
// https://github.com/rclone/rclone/blob/master/backend/box/api/types.go
export const conflictSchema = z
  .object({ context_info: z.object({ conflicts: z.union([z.array(itemSchema), itemSchema]) }) })
  .transform(({ context_info: { conflicts } }) => (Array.isArray(conflicts) ? conflicts[0] : conflicts));

export const folderSchema = z.object({
  id: z.string(),
  name: z.string(),
  permissions: z.object({ can_upload: z.boolean().optional() }).nullish(),
});

export const itemsSchema = z.object({ entries: z.array(itemSchema), next_marker: z.string().nullish() });

// Folders can carry the template too.
export const queryResultSchema = z.object({ entries: z.array(z.union([fileSchema, z.object({ type: z.literal('folder') })])) });

export const templateSchema = z.object({
  scope: z.string(),
  templateKey: z.string(),
  fields: z.array(z.object({ key: z.string(), type: z.string() })).nullish(),
});
export type Template = z.output<typeof templateSchema>;

export const instanceAnswerSchema: typeof instanceSchema = instanceSchema;

export const userSchema = z.object({ id: z.string(), max_upload_size: z.number().nullish() });

export const sessionSchema = z.object({
  part_size: z.number().int().positive(),
  session_endpoints: z.object({ upload_part: z.string(), list_parts: z.string(), commit: z.string(), abort: z.string() }),
});

export const partSchema = z.object({ part_id: z.string(), offset: z.number(), size: z.number(), sha1: z.string().optional() });
export type Part = z.output<typeof partSchema>;

export const uploadedPartSchema = z.object({ part: partSchema }).transform(({ part }) => part);
export const partsSchema = z.object({ entries: z.array(partSchema), total_count: z.number() });
