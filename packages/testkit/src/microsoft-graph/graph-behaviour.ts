/** How the emulated Graph behaves where the real one is unclear, changes with the tenant, or has bad days. May be changed while it runs. */
export interface GraphBehaviour {
  /**
   * When SharePoint libraries rewrite PDFs and Office files: never, before the upload is answered, or when the metadata is written.
   *
   * @default 'never'
   */
  enrichment: 'never' | 'before-answer' | 'with-metadata';
  /** Content by path makes missing folders. @default true */
  contentMakesFolders: boolean;
  /** Upload sessions make missing folders. @default false */
  sessionsMakeFolders: boolean;
  /** Addresses of upload sessions and of contents answer 401 to a token: Microsoft says they "may". Older rclones send it. @default true */
  signedAddressesRefuseTokens: boolean;
  /** Answers to uploads carry the hash. @default true */
  hashInUploadAnswer: boolean;
  /** Filters on columns answer 200 with no hits, as they did in April 2025. @default false */
  filtersFindNothing: boolean;
  /** How much of one range is kept at most. @default all of it */
  keptBytesPerRange: number;
  /** @default 7 days */
  sessionLifetimeMs: number;
  /** @default one hour */
  tokenLifetimeMs: number;
  /** Resource units of one app within a minute. @default none */
  unitsPerMinute: number | undefined;
  /** Storage of each drive. @default 1 TB */
  quotaBytes: number;
}

export const defaultBehaviour: Readonly<GraphBehaviour> = {
  enrichment: 'never',
  contentMakesFolders: true,
  sessionsMakeFolders: false,
  signedAddressesRefuseTokens: true,
  hashInUploadAnswer: true,
  filtersFindNothing: false,
  keptBytesPerRange: Number.POSITIVE_INFINITY,
  sessionLifetimeMs: 7 * 24 * 3_600_000,
  tokenLifetimeMs: 3_600_000,
  unitsPerMinute: undefined,
  quotaBytes: 2 ** 40,
};
