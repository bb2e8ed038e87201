import { ConfigurationError, optionRules } from '@spotdraft-archive/core/destination';
import {
  folderPath,
  foldersIn,
  type GraphOptions,
  type GraphSettings,
  invalidOption,
  parseGraphOptions,
} from '@spotdraft-archive/microsoft-graph';

export interface SharePointOptions extends GraphOptions {
  /** Address of the site, such as `https://contoso.sharepoint.com/sites/legal`. */
  readonly siteUrl: string;
  /** Name of the document library, as people see it. @default the site's first library, "Documents" */
  readonly library?: string | undefined;
  /** Folder in the library. Made with the first document when it is missing. @default the library itself */
  readonly path?: string | undefined;
  /** False: missing columns are not made but listed for an administrator. @default true */
  readonly createColumns?: boolean | undefined;
  /** Name of a published retention label to put on every copy, last of all. */
  readonly retentionLabel?: string | undefined;
  /** Locks every copy as a record. Needs a `retentionLabel` that marks records. @default false */
  readonly lockRecords?: boolean | undefined;
}

export interface SharePointSettings extends GraphSettings {
  readonly site: URL;
  readonly library: string | undefined;
  readonly folders: readonly string[];
  readonly createColumns: boolean;
  readonly retentionLabel: string | undefined;
  readonly lockRecords: boolean;
}

const provider = 'sharepoint';
const { text, yesOrNo } = optionRules;
const source = {
  provider,
  variable: 'SHAREPOINT_CLIENT_SECRET',
  call: 'sharePoint({ auth, siteUrl, library, path })',
  rules: { library: text, path: folderPath, createColumns: yesOrNo, retentionLabel: text, lockRecords: yesOrNo },
};

/** Throws `ConfigurationError` when an option is missing or wrong. */
export function parseOptions(options: SharePointOptions): SharePointSettings {
  const settings = parseGraphOptions(options, source);
  const { library, path = '', createColumns = true, retentionLabel, lockRecords = false } = options;
  if (lockRecords && retentionLabel === undefined) {
    throw invalidOption(
      `${provider}: "lockRecords" needs "retentionLabel".`,
      'Name a label of the Purview portal that marks items as records.',
    );
  }
  return { ...settings, site: parseSite(options.siteUrl), library, folders: foldersIn(path), createColumns, retentionLabel, lockRecords };
}

function parseSite(siteUrl: string): URL {
  const hint = 'Copy it from the browser, up to the name of the site: https://contoso.sharepoint.com/sites/legal.';
  if (!siteUrl) {
    const message = `${provider}: "siteUrl" (SHAREPOINT_SITE_URL) is missing.`;
    throw new ConfigurationError(message, { code: 'config.missing_option', recovery: 'never', hint });
  }
  const site = URL.canParse(siteUrl) ? new URL(siteUrl) : undefined;
  if (site?.protocol === 'https:' && site.username === '' && site.search === '') return site;
  throw invalidOption(`${provider}: "siteUrl" (SHAREPOINT_SITE_URL) is no https address of a site.`, hint);
}
