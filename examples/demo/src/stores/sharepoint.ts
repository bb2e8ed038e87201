import { sharePoint } from '@spotdraft-archive/sharepoint';
import { startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit/emulators';
import type { StartedStore } from './store.ts';

export async function startSharePoint(): Promise<StartedStore> {
  const { accessToken, cloud, siteUrl, stop } = await startMicrosoftGraphEmulator();
  return { destination: sharePoint({ auth: accessToken, cloud, siteUrl, library: 'Contracts' }), stop };
}
