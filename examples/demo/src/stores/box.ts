import { box } from '@spotdraft-archive/box';
import { startBoxEmulator } from '@spotdraft-archive/testkit/emulators';
import type { StartedStore } from './store.ts';

export async function startBox(): Promise<StartedStore> {
  const { urls, accessToken, folderId, stop } = await startBoxEmulator();
  return { destination: box({ auth: accessToken, folderId, baseUrl: urls.api, uploadUrl: urls.upload }), stop };
}
