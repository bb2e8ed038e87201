/**
 * What the product does where nobody has written down what it does. The defaults are the strictest behaviour that the documentation leaves room
 * for, so that a client which copes with them copes with the others.
 */
export interface SpotDraftBehaviour {
  /** Requests a workspace may make within `windowMs`; `false` for any number. @default { limit: 10, windowMs: 1000, retryAfter: false } */
  readonly rateLimit: { readonly limit: number; readonly windowMs: number; readonly retryAfter: boolean } | false;
  /** How long a download link works. @default 60_000 */
  readonly linkLifetimeMs: number;
  /** What rows of the v2.1 list have as `id`: `T-7` as the schema says, or `7` as a number (as in the examples) or as text. @default 'composite' */
  readonly listIds: 'composite' | 'number' | 'numeric-text';
  /** `shuffled`: another order with each request. @default 'newest-first' */
  readonly listOrder: 'newest-first' | 'oldest-first' | 'shuffled';
  /** What a page beyond the last one is: empty, or a 400. @default 'empty' */
  readonly pageBeyondEnd: 'empty' | 'error';
  /** True: each download of a contract's PDF has other bytes. @default false */
  readonly rerendersPdf: boolean;
  /** False: download links carry no `current_version_id`. @default true */
  readonly hasVersionIds: boolean;
  /** False: the file storage sends no `x-goog-hash`. @default true */
  readonly hasStorageHashes: boolean;
  /** Content type of the `download` endpoints; the documentation says JSON. @default 'application/json' */
  readonly downloadMediaType: string;
  /** True: importing an executed contract sends `CONTRACT_EXECUTED` too. @default false */
  readonly importFiresExecuted: boolean;
  /** Whether writing external metadata keeps what it does not mention. @default 'replace' */
  readonly externalMetadataWrites: 'replace' | 'merge';
  /** Answer for a contract without external metadata: an empty object, or a 404. @default 'empty' */
  readonly missingExternalMetadata: 'empty' | 'not-found';
  /** Rows found by external metadata: nested in a second array (as in the examples) or not (as in the schema). @default 'nested' */
  readonly externalMetadataRows: 'nested' | 'flat';
  /** False: the workspace has no full text search, so `content` is refused. @default true */
  readonly hasFullTextSearch: boolean;
  /** False: the credentials may not create or delete webhooks. @default true */
  readonly canManageWebhooks: boolean;
  /** True: webhooks may have `http:` addresses, such as those of a loopback server. @default false */
  readonly allowHttpWebhooks: boolean;
  /** A webhook is disabled after more failed calls than this. @default 5 */
  readonly webhookFailureLimit: number;
  /** A webhook call without an answer for so long has failed. @default 3_000 */
  readonly webhookTimeoutMs: number;
}

export const strictBehaviour: SpotDraftBehaviour = {
  rateLimit: { limit: 10, windowMs: 1000, retryAfter: false },
  linkLifetimeMs: 60_000,
  listIds: 'composite',
  listOrder: 'newest-first',
  pageBeyondEnd: 'empty',
  rerendersPdf: false,
  hasVersionIds: true,
  hasStorageHashes: true,
  downloadMediaType: 'application/json',
  importFiresExecuted: false,
  externalMetadataWrites: 'replace',
  missingExternalMetadata: 'empty',
  externalMetadataRows: 'nested',
  hasFullTextSearch: true,
  canManageWebhooks: true,
  allowHttpWebhooks: false,
  webhookFailureLimit: 5,
  webhookTimeoutMs: 3_000,
};
