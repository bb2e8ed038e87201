import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { box } from '../../packages/box/src/index.ts';
import { dropbox } from '../../packages/dropbox/src/index.ts';
import { googleDrive } from '../../packages/google-drive/src/index.ts';
import { oneDrive } from '../../packages/onedrive/src/index.ts';
import { sharePoint } from '../../packages/sharepoint/src/index.ts';

/** A factory with its needed options filled in, which takes whatever a caller without a compiler passes besides. */
export type MakeStore = (options: object) => StorageDestination;

/** What the factories need, each some of it. */
export const required = { auth: 'token', folderId: '1', path: '/Contracts', siteUrl: 'https://contoso.sharepoint.com/sites/legal' };
const { auth, folderId, path, siteUrl } = required;

/** By the names of their packages. */
export const stores: Readonly<Record<string, MakeStore>> = {
  'google-drive': (options) => googleDrive({ auth, folderId, ...options }),
  dropbox: (options) => dropbox({ auth, path, ...options }),
  box: (options) => box({ auth, folderId, ...options }),
  sharepoint: (options) => sharePoint({ auth, siteUrl, ...options }),
  onedrive: (options) => oneDrive({ auth, ...options }),
};
