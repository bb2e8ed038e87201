import { dropbox } from '@spotdraft-archive/dropbox';
import { startDropboxEmulator } from '@spotdraft-archive/testkit/emulators';
import type { StartedStore } from './store.ts';

export async function startDropbox(): Promise<StartedStore> {
  const { urls, state, stop } = await startDropboxEmulator();
  return { destination: dropbox({ auth: state.app.issueToken(), path: '/Contracts', baseUrls: urls }), stop };
}
