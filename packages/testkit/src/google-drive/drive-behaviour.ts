/** How the emulated Drive behaves where the real one is unclear or changes with the account. */
export interface DriveBehaviour {
  /** How long searches by name and by property do not know of a change. Listings by folder and look-ups by id always do. @default 5000 */
  readonly searchLagMs: number;
  /** Whether lists come in pages as short as Drive may make them: an empty one first, then one file each. @default false */
  readonly shortPages: boolean;
  /** At which step of a resumable upload a used id is refused. @default 'start' */
  readonly usedIdRefusedAt: 'start' | 'end';
  /** What becomes of a file that is made in a folder in the bin: an error, or a file in the bin. @default 'refuse' */
  readonly binnedFolders: 'refuse' | 'accept';
  /** How much of one piece of a resumable upload is kept at most, as a multiple of 256 KiB. @default all of it */
  readonly keptBytesPerPiece: number;
  /** Life of an upload session. @default one week */
  readonly sessionLifetimeMs: number;
  /** @default one hour */
  readonly tokenLifetimeMs: number;
  /** Requests of one account within a window; more are refused with 403 `userRateLimitExceeded`. @default none */
  readonly rateLimit: { readonly limit: number; readonly windowMs: number } | undefined;
  /** Storage of each user's My Drive. Service accounts have none. @default 15 GB */
  readonly storageLimitBytes: number;
  /** How many files and folders a shared drive holds. @default 500000 */
  readonly sharedDriveItemLimit: number;
  /** Google's own description of the API, to compare every request and answer with. What does not fit is listed in `violations`. @default none */
  readonly description: unknown;
}

export const defaultBehaviour: DriveBehaviour = {
  searchLagMs: 5000,
  shortPages: false,
  usedIdRefusedAt: 'start',
  binnedFolders: 'refuse',
  keptBytesPerPiece: Number.POSITIVE_INFINITY,
  sessionLifetimeMs: 7 * 24 * 3_600_000,
  tokenLifetimeMs: 3_600_000,
  rateLimit: undefined,
  storageLimitBytes: 15e9,
  sharedDriveItemLimit: 500_000,
  description: undefined,
};
