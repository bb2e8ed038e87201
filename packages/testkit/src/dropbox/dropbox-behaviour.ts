/** What of Dropbox differs between accounts and apps, or is not documented. */
export interface DropboxBehaviour {
  /** `app-folder`: the app sees a folder of its own only, and none of the routes for properties. @default 'full' */
  readonly access: 'full' | 'app-folder';
  /** What the token's app may do. @default everything the emulator has */
  readonly scopes: readonly string[];
  /** How long `properties/search` lags behind, in milliseconds. @default 0 */
  readonly searchLagMs: number;
  /** How many matches one page of `properties/search` has; Dropbox does not say. @default 1000 */
  readonly searchPageSize: number;
  /** Whether the answer to an upload shows the property groups; Dropbox does not say. @default true */
  readonly uploadAnswersShowGroups: boolean;
  /** What a session that was finished answers; Dropbox does not say. @default 'not_found' */
  readonly finishedSession: 'not_found' | 'closed';
  /** Bytes that the account may hold. @default 2 TiB */
  readonly quotaBytes: number;
  /** Refuses a commit while another one to the same namespace is being answered. @default false */
  readonly hasNamespaceLock: boolean;
  /** How long an access token is good for, in milliseconds. @default 4 hours */
  readonly tokenLifetimeMs: number;
  /** Requests that one token may make in a minute. @default Infinity */
  readonly requestsPerMinute: number;
  /** Member ids by which a team's token can act; empty for the account of one user. @default [] */
  readonly teamMembers: readonly string[];
}

export const usualBehaviour: DropboxBehaviour = {
  access: 'full',
  scopes: [
    'account_info.read',
    'files.metadata.read',
    'files.metadata.write',
    'files.content.read',
    'files.content.write',
    'files.team_metadata.write',
    'sharing.read',
    'sharing.write',
  ],
  searchLagMs: 0,
  searchPageSize: 1000,
  uploadAnswersShowGroups: true,
  finishedSession: 'not_found',
  quotaBytes: 2 * 2 ** 40,
  hasNamespaceLock: false,
  tokenLifetimeMs: 4 * 3_600_000,
  requestsPerMinute: Number.POSITIVE_INFINITY,
  teamMembers: [],
};
