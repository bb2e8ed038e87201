/** Properties of the emulated enterprise which differ between real ones, or which Box leaves open. */
export interface BoxBehaviour {
  /** Size of the parts of a chunked upload. @default 8388608 */
  partSizeBytes: number;
  /** Smaller files are refused by chunked uploads. @default 20971520 */
  minimumChunkedBytes: number;
  /** Largest file of the plan. @default 53687091200 */
  maxFileBytes: number;
  /** Space of the account. @default Infinity */
  quotaBytes: number;
  /** How the existing file comes with a `409 item_name_in_use`: documented as an array, seen as an object. @default 'object' */
  conflictForm: 'object' | 'array';
  /** How many commits of each session are answered with `202` before the file is made. @default 0 */
  pendingCommits: number;
  /** How many commits of each session are answered with `400 parts_mismatch` first. @default 0 */
  mismatchedCommits: number;
  /** How many seconds `202` and `429` ask to wait. @default 1 */
  retryAfterSeconds: number;
  /** Characters that Box takes out of names without a word. @default '<>:|?*"' */
  strippedCharacters: string;
  /** Calls a minute for each user. @default Infinity (Box: 1000) */
  callsPerMinute: number;
  /** Uploads a minute for each user. @default Infinity (Box: 240) */
  uploadsPerMinute: number;
  /** Life of an access token in seconds. @default 3600 */
  tokenLifetimeSeconds: number;
  /** False: the app may not create metadata templates. @default true */
  canManageTemplates: boolean;
  /** Whether access tokens are looked at. The token `emulator-token` is always good. @default true */
  checksTokens: boolean;
  /** The access of a shared link whose request does not state one: the administrator's default. @default 'open' */
  defaultLinkAccess: 'open' | 'company' | 'collaborators';
}

export const strictBehaviour: BoxBehaviour = {
  partSizeBytes: 8_388_608,
  minimumChunkedBytes: 20_971_520,
  maxFileBytes: 50 * 2 ** 30,
  quotaBytes: Number.POSITIVE_INFINITY,
  conflictForm: 'object',
  pendingCommits: 0,
  mismatchedCommits: 0,
  retryAfterSeconds: 1,
  strippedCharacters: '<>:|?*"',
  callsPerMinute: Number.POSITIVE_INFINITY,
  uploadsPerMinute: Number.POSITIVE_INFINITY,
  tokenLifetimeSeconds: 3600,
  canManageTemplates: true,
  checksTokens: true,
  defaultLinkAccess: 'open',
};
