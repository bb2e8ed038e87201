import { box } from '@spotdraft-archive/box';
import type { StorageDestination } from '@spotdraft-archive/core';
import { dropbox } from '@spotdraft-archive/dropbox';
import { filesystem } from '@spotdraft-archive/filesystem';
import { googleDrive } from '@spotdraft-archive/google-drive';
import { oneDrive } from '@spotdraft-archive/onedrive';
import { sharePoint } from '@spotdraft-archive/sharepoint';

/** A store as people choose it. */
export interface Store {
  readonly name: string;
  /** Folder below `packages/`. */
  readonly package: string;
  /** Made without any request, for its capabilities. */
  readonly destination: StorageDestination;
  /** Requests for a small document, its key, metadata and link; asserted by the package's tests. */
  readonly requests: string;
  /** What somebody has to do before the first document. */
  readonly setUp: string;
}

const auth = 'not used';

export const stores: readonly Store[] = [
  { name: 'Folder', package: 'filesystem', destination: filesystem({ directory: 'archive' }), requests: 'none', setUp: 'nothing' },
  {
    name: 'Google Drive',
    package: 'google-drive',
    destination: googleDrive({ auth, folderId: 'folder' }),
    requests: '1',
    setUp: 'service account, shared drive',
  },
  { name: 'Dropbox', package: 'dropbox', destination: dropbox({ auth, path: '/' }), requests: '1', setUp: 'app with full access' },
  {
    name: 'Box',
    package: 'box',
    destination: box({ auth, folderId: '1' }),
    requests: '2',
    setUp: 'app approved by an admin, invited to the folder',
  },
  {
    name: 'SharePoint',
    package: 'sharepoint',
    destination: sharePoint({ auth, siteUrl: 'https://example.sharepoint.com/sites/legal' }),
    requests: '2',
    setUp: 'Entra app with `Sites.Selected`',
  },
  {
    name: 'OneDrive (work)',
    package: 'onedrive',
    destination: oneDrive({ auth, account: 'work' }),
    requests: '2',
    setUp: 'Entra app with `Files.ReadWrite.All`',
  },
  {
    name: 'OneDrive (personal)',
    package: 'onedrive',
    destination: oneDrive({ auth, account: 'personal' }),
    requests: '2',
    setUp: 'app registration, sign-in once',
  },
];
