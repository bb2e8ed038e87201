/**
 * Device names, which Windows, SharePoint and OneDrive refuse as names of files and folders: for `NamingRules.reservedNames`.
 *
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
export const windowsReservedNames: readonly string[] = [
  'CON',
  'PRN',
  'AUX',
  'NUL',
  'CONIN$',
  'CONOUT$',
  ...['COM', 'LPT'].flatMap((device) => Array.from('0123456789¹²³', (digit) => device + digit)),
];

/** What Windows, SharePoint and OneDrive refuse in a name, besides `/`: for `NamingRules.forbiddenCharacters`. */
export const windowsForbiddenCharacters = '"*:<>?\\|';
