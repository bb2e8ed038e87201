import { z } from 'zod';

export const contentHash: z.ZodOptional<z.ZodNullable<z.ZodString>> = z.string().length(64).nullable().optional();

/** A path, `id:…`, or a path in a namespace. */
export const readPath: z.ZodString = z.string().regex(/^(\/[\s\S]*|id:[\s\S]*|rev:[0-9a-f]{9,}|ns:[0-9]+(\/[\s\S]*)?)$/);
export const folderPath: z.ZodString = z.string().regex(/^((\/[\s\S]*)?|id:[\s\S]*|ns:[0-9]+(\/[\s\S]*)?)$/);
export const writePath: z.ZodString = z.string().regex(/^(\/[\s\S]*|id:[\s\S]*|ns:[0-9]+(\/[\s\S]*)?)$/);
export const templateId: z.ZodString = z.string().regex(/^(\/|ptid:)/);

export interface GroupArgument {
  readonly template_id: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
}

export const propertyGroup: z.ZodType<GroupArgument> = z.strictObject({
  template_id: templateId,
  fields: z.array(z.strictObject({ name: z.string(), value: z.string() })),
});

export interface TemplateFilterArgument {
  readonly '.tag': 'filter_some';
  readonly filter_some: readonly string[];
}

export const templateFilter: z.ZodType<TemplateFilterArgument> = z.strictObject({
  '.tag': z.literal('filter_some'),
  filter_some: z.array(templateId).min(1),
});

export interface WriteModeArgument {
  readonly '.tag': string;
  readonly update?: string | undefined;
}

const writeMode: z.ZodType<WriteModeArgument> = z.union([
  z.enum(['add', 'overwrite']).transform((tag) => ({ '.tag': tag })),
  z.strictObject({ '.tag': z.enum(['add', 'overwrite']) }),
  z.strictObject({ '.tag': z.literal('update'), update: z.string().regex(/^[0-9a-f]{9,}$/) }),
]);

/** What `upload` and `finish` have in common. */
export interface CommitArgument {
  readonly path: string;
  readonly mode: WriteModeArgument;
  readonly autorename: boolean;
  readonly client_modified?: string | null | undefined;
  readonly mute: boolean;
  readonly property_groups?: readonly GroupArgument[] | null | undefined;
  readonly strict_conflict: boolean;
}

const commitFields = {
  path: writePath,
  mode: writeMode.default({ '.tag': 'add' }),
  autorename: z.boolean().default(false),
  client_modified: z.iso.datetime({ precision: 0 }).nullable().optional(),
  mute: z.boolean().default(false),
  property_groups: z.array(propertyGroup).nullable().optional(),
  strict_conflict: z.boolean().default(false),
};

const commitInfo: z.ZodType<CommitArgument> = z.strictObject(commitFields);

export const uploadArgument: z.ZodType<CommitArgument & { readonly content_hash?: string | null | undefined }> = z.strictObject({
  ...commitFields,
  content_hash: contentHash,
});

export interface CursorArgument {
  readonly session_id: string;
  readonly offset: number;
}

export const cursor: z.ZodType<CursorArgument> = z.strictObject({ session_id: z.string(), offset: z.int().nonnegative() });

export type SessionTypeArgument = 'sequential' | 'concurrent' | null | undefined;

export const sessionType: z.ZodType<SessionTypeArgument> = z
  .union([
    z.enum(['sequential', 'concurrent']),
    z.strictObject({ '.tag': z.enum(['sequential', 'concurrent']) }).transform((type) => type['.tag']),
  ])
  .nullable()
  .optional();

export interface FinishArgument {
  readonly cursor: CursorArgument;
  readonly commit: CommitArgument;
  readonly content_hash?: string | null | undefined;
}

export const finishArgument: z.ZodType<FinishArgument> = z.strictObject({ cursor, commit: commitInfo, content_hash: contentHash });
