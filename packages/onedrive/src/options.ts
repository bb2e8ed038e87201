import { optionRules } from '@spotdraft-archive/core/destination';
import {
  folderPath,
  foldersIn,
  type GraphOptions,
  type GraphSettings,
  invalidOption,
  parseGraphOptions,
} from '@spotdraft-archive/microsoft-graph';

/** Whose drive, or which. */
export type DriveChoice =
  /** The drive of the user behind `auth`. */
  | 'me'
  /** The app's own folder in that drive; `Files.ReadWrite.AppFolder` is enough for it. */
  | 'approot'
  /** The drive of a user, by user principal name or id: for apps that act by themselves. */
  | { readonly user: string }
  /** A drive by its id. */
  | { readonly driveId: string };

export interface OneDriveOptions extends GraphOptions {
  /** @default 'me' */
  readonly drive?: DriveChoice | undefined;
  /**
   * `work`: a drive of an organisation, where key and metadata lie in columns. `personal`: a drive of a Microsoft account, which has none, so they lie
   * in a JSON file beside each document.
   *
   * @default 'personal' for a `driveId` that does not begin with `b!`, and for credentials of the tenant `consumers`; 'work' otherwise
   */
  readonly account?: 'work' | 'personal' | undefined;
  /** Folder in the drive. Made with the first document when it is missing. @default the drive's root, or the app's folder */
  readonly path?: string | undefined;
  /** Work accounts only. False: missing columns are not made but listed for an administrator. @default true */
  readonly createColumns?: boolean | undefined;
}

export interface OneDriveSettings extends GraphSettings {
  readonly drive: DriveChoice;
  readonly account: 'work' | 'personal';
  readonly folders: readonly string[];
  readonly createColumns: boolean;
}

const source = {
  provider: 'onedrive',
  variable: 'ONEDRIVE_CLIENT_SECRET',
  call: 'oneDrive({ auth, drive, path })',
  rules: {
    account: optionRules.oneOf(['work', 'personal']),
    path: folderPath,
    createColumns: optionRules.yesOrNo,
  },
};

/** Throws `ConfigurationError` when an option is missing or wrong. */
export function parseOptions(options: OneDriveOptions): OneDriveSettings {
  const settings = parseGraphOptions(options, source);
  const { drive = 'me', path = '', createColumns = true } = options;
  checkDrive(drive);
  const { account = isPersonal(drive, options) ? 'personal' : 'work' } = options;
  return { ...settings, drive, account, folders: foldersIn(path), createColumns };
}

function checkDrive(drive: DriveChoice): void {
  if (drive === 'me' || drive === 'approot') return;
  if (typeof drive === 'object' && drive !== null) {
    const name: unknown = 'user' in drive ? drive.user : drive.driveId;
    if (typeof name === 'string' && name !== '') return;
  }
  throw invalidOption(
    'onedrive: "drive" (ONEDRIVE_DRIVE) is none that is known.',
    "Pass 'me', 'approot', { user: 'archive@contoso.com' } or { driveId }.",
  );
}

/** Ids of the drives of organisations begin with `b!`. */
function isPersonal(drive: DriveChoice, { auth }: OneDriveOptions): boolean {
  if (typeof drive === 'object' && 'driveId' in drive) return !drive.driveId.startsWith('b!');
  return typeof auth === 'object' && 'tenantId' in auth && auth.tenantId === 'consumers';
}
