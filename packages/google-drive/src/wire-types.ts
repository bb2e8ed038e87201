import { z } from 'zod';

/** A file or folder as Drive describes it: what of it is used. */
export interface DriveFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  /** In bytes; absent for folders. */
  readonly size?: number | undefined;
  readonly sha256Checksum?: string | undefined;
  readonly headRevisionId?: string | undefined;
  readonly webViewLink?: string | undefined;
  readonly appProperties?: Readonly<Record<string, string>> | undefined;
  readonly properties?: Readonly<Record<string, string>> | undefined;
  readonly parents?: readonly string[] | undefined;
  /** The shared drive it lies in. */
  readonly driveId?: string | undefined;
  readonly trashed?: boolean | undefined;
  readonly createdTime: string;
  readonly contentRestrictions?: readonly { readonly readOnly?: boolean | undefined }[] | undefined;
  readonly capabilities?: { readonly canAddChildren?: boolean | undefined } | undefined;
}

const propertiesSchema = z.record(z.string(), z.string()).optional();

export const fileSchema: z.ZodType<DriveFile> = z.object({
  id: z.string(),
  name: z.string(),
  mimeType: z.string(),
  // Drive writes 64-bit numbers as text.
  size: z.coerce.number().optional(),
  sha256Checksum: z.string().optional(),
  headRevisionId: z.string().optional(),
  webViewLink: z.string().optional(),
  appProperties: propertiesSchema,
  properties: propertiesSchema,
  parents: z.array(z.string()).optional(),
  driveId: z.string().optional(),
  trashed: z.boolean().optional(),
  createdTime: z.string(),
  contentRestrictions: z.array(z.object({ readOnly: z.boolean().optional() })).optional(),
  capabilities: z.object({ canAddChildren: z.boolean().optional() }).optional(),
});

/** One page of a list. */
export interface FileList {
  readonly files: readonly DriveFile[];
  /** Absent on the last page. A page may hold fewer files than asked for, or none, and not be the last. */
  readonly nextPageToken?: string | undefined;
}

export const listSchema: z.ZodType<FileList> = z.object({ files: z.array(fileSchema), nextPageToken: z.string().optional() });

export const idsSchema: z.ZodType<{ readonly ids: string[] }> = z.object({ ids: z.array(z.string()).min(1) });

/** The account and its storage. */
export interface About {
  readonly user?: { readonly emailAddress?: string | undefined } | undefined;
  /** In bytes. */
  readonly storageQuota?: { readonly limit?: number | undefined; readonly usage?: number | undefined } | undefined;
}

export const aboutSchema: z.ZodType<About> = z.object({
  user: z.object({ emailAddress: z.string().optional() }).optional(),
  storageQuota: z.object({ limit: z.coerce.number().optional(), usage: z.coerce.number().optional() }).optional(),
});

/** What is written about a file. */
export interface FileMetadata {
  readonly id?: string;
  readonly name?: string;
  readonly parents?: readonly string[];
  readonly mimeType?: string;
  readonly appProperties?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, string>>;
  readonly trashed?: boolean;
  readonly contentRestrictions?: readonly object[];
}

export const folderMimeType = 'application/vnd.google-apps.folder';

/** Everything that is read of a file, asked for in each answer, so that no answer needs a second request. */
export const fileFields =
  'id,name,mimeType,size,sha256Checksum,headRevisionId,webViewLink,appProperties,properties,parents,driveId,trashed,createdTime,contentRestrictions/readOnly';
