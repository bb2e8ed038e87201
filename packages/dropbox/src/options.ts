import {
  ConfigurationError,
  checkOptions,
  type FetchToken,
  optionRules,
  parseBaseUrl,
  type RequestEvent,
  type RetryOptions,
} from '@spotdraft-archive/core/destination';
import {
  type DropboxAuthClient,
  type DropboxAuthOption,
  type DropboxClient,
  type DropboxRefreshGrant,
  isAuthClient,
  isRefreshGrant,
  traitsOf,
} from './auth.ts';

export interface DropboxOptions {
  /**
   * A token, a function that gets one, a refresh token with its app, or a `Dropbox` or `DropboxAuth` of the package `dropbox`. Of a `Dropbox` object
   * member and path root are taken over too.
   */
  readonly auth: string | FetchToken | DropboxRefreshGrant | DropboxAuthClient | DropboxClient;
  /** The folder that keeps the copies, such as `/Contracts`; `/` for all that the app sees. It is made with the first document. */
  readonly path: string;
  /**
   * `app-folder` for an app whose permission type is "App folder". Dropbox gives such an app no properties, so key and metadata of each copy lie in a
   * small file below `.spotdraft-archive`, a second request for each document, and a copy cannot be found without its path.
   *
   * @default 'full'
   */
  readonly access?: 'full' | 'app-folder' | undefined;
  /** With a team's token: the member whose Dropbox is used, `dbmid:…`. */
  readonly selectUser?: string | undefined;
  /** With a team's token: the admin on whose behalf team folders are used, `dbmid:…`. */
  readonly selectAdmin?: string | undefined;
  /** Id of the namespace that `path` begins in: that of the team space, for team folders. @default the member's own folder */
  readonly pathRoot?: string | undefined;
  /** Whose property template carries the keys. A team's token needs `team`. @default 'team' with `selectUser` or `selectAdmin`, 'user' otherwise */
  readonly templateOwner?: 'user' | 'team' | undefined;
  /** Id of a property template to use, `ptid:…`. @default the one named "SpotDraft archive", which is made when it is missing */
  readonly templateId?: string | undefined;
  /** A link for each copy, made by one more request: for members of the team, or for nobody who has no access anyway. Never public. @default 'none' */
  readonly link?: 'none' | 'team' | 'no_one' | undefined;
  /** Documents of at least this many bytes travel in pieces of this size, a multiple of 4 MiB. One piece is in memory. @default 8388608 */
  readonly pieceBytes?: number | undefined;
  /** How many uploads may be written into the account at once. More than one makes Dropbox refuse some of them for a while. @default 1 */
  readonly commitsAtOnce?: number | undefined;
  /** Other addresses than Dropbox's, for tests and proxies. */
  readonly baseUrls?: { readonly api: string; readonly content: string } | undefined;
  readonly retry?: RetryOptions | undefined;
  /** @default the global `fetch` */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Longest silence of Dropbox in milliseconds. @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** Told of every request, repetition and pause. */
  readonly onEvent?: ((event: RequestEvent) => void) | undefined;
}

export interface DropboxSettings {
  readonly auth: DropboxAuthOption;
  /** Names of the folders down to the one that keeps the copies. */
  readonly root: readonly string[];
  readonly access: 'full' | 'app-folder';
  /** Headers that choose member and namespace. */
  readonly memberHeaders: Readonly<Record<string, string>>;
  readonly pathHeaders: Readonly<Record<string, string>>;
  readonly templateOwner: 'user' | 'team';
  readonly templateId: string | undefined;
  readonly link: 'none' | 'team' | 'no_one';
  readonly pieceBytes: number;
  readonly commitsAtOnce: number;
  readonly apiUrl: URL;
  readonly contentUrl: URL;
  readonly retry: RetryOptions | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
  readonly timeoutMs: number | undefined;
  readonly onEvent: ((event: RequestEvent) => void) | undefined;
}

const dropboxUrls = { api: 'https://api.dropboxapi.com', content: 'https://content.dropboxapi.com' };
const blockBytes = 4 * 2 ** 20;
const maxPieceBytes = 148 * 2 ** 20;

const { members, oneOf, pattern, text, wholeNumber } = optionRules;
const memberId = pattern(/^dbmid:[\w:-]+$/, 'Pass the id of a member, which begins with "dbmid:": team_member_id of team/members/list_v2.');

const rules = {
  access: oneOf(['full', 'app-folder']),
  selectUser: memberId,
  selectAdmin: memberId,
  pathRoot: pattern(/^[\w:-]+$/, 'Pass the id of a namespace: root_info.root_namespace_id of users/get_current_account.'),
  templateOwner: oneOf(['user', 'team']),
  templateId: pattern(/^ptid:/, 'Pass the id of a template, which begins with "ptid:", or leave it out to let the template be made.'),
  link: oneOf(['none', 'team', 'no_one']),
  pieceBytes: wholeNumber({ least: blockBytes, most: maxPieceBytes, multipleOf: blockBytes }),
  commitsAtOnce: wholeNumber(),
  baseUrls: members({ api: text, content: text }),
};

/** Throws `ConfigurationError` when an option is missing or wrong. */
export function parseOptions(given: DropboxOptions | undefined): DropboxSettings {
  const options = given ?? ({} as DropboxOptions);
  const { access = 'full', link = 'none', pieceBytes = 2 * blockBytes, commitsAtOnce = 1, templateId, baseUrls = dropboxUrls } = options;
  checkAuth(options.auth);
  checkOptions(options, { owner: 'dropbox', rules });
  const member = memberOf(options);
  const isTeamToken = member.selectUser !== undefined || member.selectAdmin !== undefined;
  return {
    auth: options.auth,
    root: rootOf(options.path),
    access,
    memberHeaders: headersOf({ 'dropbox-api-select-user': member.selectUser, 'dropbox-api-select-admin': member.selectAdmin }),
    pathHeaders: headersOf({ 'dropbox-api-path-root': member.pathRoot }),
    templateOwner: options.templateOwner ?? (isTeamToken ? 'team' : 'user'),
    templateId,
    link,
    pieceBytes,
    commitsAtOnce,
    apiUrl: parseBaseUrl(baseUrls.api, { provider: 'dropbox', option: 'baseUrls.api' }),
    contentUrl: parseBaseUrl(baseUrls.content, { provider: 'dropbox', option: 'baseUrls.content' }),
    retry: options.retry,
    fetch: options.fetch,
    timeoutMs: options.timeoutMs,
    onEvent: options.onEvent,
  };
}

function checkAuth(auth: unknown): void {
  if (auth === undefined || auth === null || auth === '') {
    throw new ConfigurationError(
      'dropbox: "auth" is missing. Pass a token, a function that returns one, or your Dropbox client: dropbox({ auth, path }).',
      {
        code: 'config.missing_option',
        recovery: 'never',
        hint: 'For a server: auth: { appKey, appSecret, refreshToken }, for example from DROPBOX_APP_KEY, DROPBOX_APP_SECRET and DROPBOX_REFRESH_TOKEN.',
      },
    );
  }
  if (typeof auth === 'string' || typeof auth === 'function') return;
  if (typeof auth === 'object' && isRefreshGrant(auth)) {
    if (auth.appKey && auth.refreshToken) return;
    throw invalid(
      '"auth.appKey" and "auth.refreshToken" must not be empty.',
      'Set DROPBOX_APP_KEY and DROPBOX_REFRESH_TOKEN, or where you read them from.',
    );
  }
  if (typeof auth === 'object' && (isAuthClient(auth) || traitsOf(auth) !== undefined)) return;
  throw invalid(
    '"auth" is nothing that tokens can be got from.',
    'Pass a token, a function, { appKey, appSecret, refreshToken }, or a Dropbox or DropboxAuth object.',
  );
}

interface Member {
  readonly selectUser: string | undefined;
  readonly selectAdmin: string | undefined;
  readonly pathRoot: string | undefined;
}

function memberOf({ auth, selectUser, selectAdmin, pathRoot }: DropboxOptions): Member {
  if (selectUser !== undefined && selectAdmin !== undefined) {
    throw invalid(
      '"selectUser" and "selectAdmin" exclude each other.',
      "Give selectUser for the member's own Dropbox, selectAdmin for team folders.",
    );
  }
  const client = traitsOf(auth);
  const isChosen = selectUser !== undefined || selectAdmin !== undefined;
  return {
    selectUser: isChosen ? selectUser : client?.selectUser,
    selectAdmin: isChosen ? selectAdmin : client?.selectAdmin,
    pathRoot: pathRoot === undefined ? client?.pathRoot : JSON.stringify({ '.tag': 'namespace_id', namespace_id: pathRoot }),
  };
}

function rootOf(path: unknown): readonly string[] {
  if (typeof path !== 'string' || path === '') {
    throw new ConfigurationError(
      'dropbox: "path" (DROPBOX_PATH) is missing. Name the folder that keeps the copies: dropbox({ auth, path: \'/Contracts\' }).',
      {
        code: 'config.missing_option',
        recovery: 'never',
        hint: 'Give a path that begins with a slash. "/" stands for everything the app sees.',
      },
    );
  }
  const [first, ...names] = path.replace(/\/$/, '').split('/');
  if (first !== '' || names.some((name) => name === '' || name === '.' || name === '..' || name.endsWith(' ') || name.includes('\\'))) {
    throw invalid(
      '"path" must begin with a slash and name folders, such as /Contracts/Signed.',
      'Write it as Dropbox shows it, with "/" between folders.',
    );
  }
  return names;
}

function headersOf(headers: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function invalid(problem: string, hint: string): ConfigurationError {
  return new ConfigurationError(`dropbox: ${problem}`, { code: 'config.invalid_option', recovery: 'never', hint });
}
