import {
  type Clock,
  checkOptions,
  optionRules,
  parseBaseUrl,
  type RequestEvent,
  type RetryOptions,
} from '@spotdraft-archive/core/destination';
import type { GoogleDriveAuth } from './auth.ts';
import { defaultResumableFromBytes } from './capabilities.ts';
import { factory, invalidOption, missingOption } from './errors.ts';

export interface GoogleDriveOptions {
  /**
   * Who archives: an access token, an async function that gets one, the key of a service account, or the client object you have already
   * (`google.auth.*` or `drive` of `googleapis`, `@googleapis/drive`, a client of `google-auth-library`).
   */
  readonly auth: GoogleDriveAuth;
  /** The folder that keeps the copies: the last part of its address in the browser. The id of a shared drive will do. */
  readonly folderId: string;
  /**
   * Who sees key and properties of a copy in Drive's API: `app` (apps of this Cloud project only) or `everyone` (every app that sees the file, and may
   * then change them). Choose `everyone` when the archive has to outlive the credentials; copies of the other kind are not found.
   *
   * @default 'app'
   */
  readonly propertyVisibility?: 'app' | 'everyone' | undefined;
  /** Locks content and name of each copy against changes (one more request for each). @default false */
  readonly readOnly?: boolean | ReadOnlyOptions | undefined;
  /** Keeps the stored revision for ever, also when the file gets others. Drive allows 200 of them for each file. @default false */
  readonly keepRevisionForever?: boolean | undefined;
  /** `internal`: copies come with the address of their page in Drive, for those who have access anyway. `none`: without. @default 'internal' */
  readonly link?: 'internal' | 'none' | undefined;
  /** Documents of at least this many bytes are uploaded in pieces that can be resumed. Google advises against more than the default. @default 5000001 */
  readonly resumableFromBytes?: number | undefined;
  /** Size of those pieces, in bytes; one piece is held in memory. A multiple of 256 KiB. @default 8388608 */
  readonly pieceBytes?: number | undefined;
  /** @default 'https://www.googleapis.com/' */
  readonly baseUrl?: string | undefined;
  /** Where a service account's key is exchanged for tokens. @default 'https://oauth2.googleapis.com/token' */
  readonly tokenUrl?: string | undefined;
  /** @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly retry?: RetryOptions | undefined;
  /** Longest silence of a request in milliseconds. @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** Told of every request, repetition and pause. */
  readonly onEvent?: ((event: RequestEvent) => void) | undefined;
  readonly clock?: Clock | undefined;
}

export interface ReadOnlyOptions {
  /** Shown in Drive as the reason of the lock. */
  readonly reason?: string | undefined;
  /** Only the owner may lift the lock; in a shared drive every manager. @default true */
  readonly ownerRestricted?: boolean | undefined;
}

/** The options as the rest of the package uses them. */
export interface GoogleDriveSettings {
  readonly folderId: string;
  readonly propertyField: 'appProperties' | 'properties';
  readonly lock: { readonly reason: string | undefined; readonly ownerRestricted: boolean } | undefined;
  readonly keepRevisionForever: boolean;
  readonly hasLinks: boolean;
  readonly resumableFromBytes: number;
  readonly pieceBytes: number;
  readonly base: URL;
  readonly retry: RetryOptions | undefined;
  readonly clock: Clock | undefined;
}

const { members, oneOf, text, wholeNumber, yesOrNo } = optionRules;

const pieceMultiple = 262_144;

const rules = {
  propertyVisibility: oneOf(['app', 'everyone']),
  keepRevisionForever: yesOrNo,
  link: oneOf(['internal', 'none']),
  resumableFromBytes: wholeNumber({ most: defaultResumableFromBytes }),
  pieceBytes: wholeNumber({ least: pieceMultiple, multipleOf: pieceMultiple }),
};

const lockRules = members({ reason: text, ownerRestricted: yesOrNo });

/** Throws `ConfigurationError` when an option is missing or wrong. */
export function parseOptions(given: GoogleDriveOptions | undefined): GoogleDriveSettings {
  const options = given ?? ({} as GoogleDriveOptions);
  const { folderId, propertyVisibility = 'app', readOnly = false, link = 'internal', pieceBytes = 8_388_608 } = options;
  const { resumableFromBytes = defaultResumableFromBytes, baseUrl = 'https://www.googleapis.com/', tokenUrl } = options;
  if (!options.auth)
    throw missingOption(
      'auth',
      'Pass a token, a function that returns one, a service account, or your Google client: googleDrive({ auth }).',
    );
  if (!folderId)
    throw missingOption(
      'folderId',
      "Pass the last part of the folder's address, for example from GOOGLE_DRIVE_FOLDER_ID: googleDrive({ folderId }).",
    );
  if (typeof folderId !== 'string' || !/^[\w-]+$/.test(folderId))
    throw invalidOption('folderId', "Pass the id alone: the last part of the folder's address, after /folders/.");
  checkOptions(options, { owner: factory, rules: { ...rules, readOnly: typeof readOnly === 'boolean' ? yesOrNo : lockRules } });
  // Only a service account needs it, but nobody passes nonsense on purpose.
  if (tokenUrl !== undefined) parseBaseUrl(tokenUrl, { provider: factory, option: 'tokenUrl' });
  const lock = readOnly === true ? {} : readOnly;
  return {
    folderId,
    propertyField: propertyVisibility === 'app' ? 'appProperties' : 'properties',
    lock: lock === false ? undefined : { reason: lock.reason, ownerRestricted: lock.ownerRestricted ?? true },
    keepRevisionForever: options.keepRevisionForever ?? false,
    hasLinks: link === 'internal',
    resumableFromBytes,
    pieceBytes,
    base: parseBaseUrl(baseUrl, { provider: factory, option: 'baseUrl' }),
    retry: options.retry,
    clock: options.clock,
  };
}
