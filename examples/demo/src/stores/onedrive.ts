import { oneDrive } from '@spotdraft-archive/onedrive';
import { startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit/emulators';
import type { StartedStore } from './store.ts';

export async function startOneDrive(): Promise<StartedStore> {
  const { work, cloud, stop } = await startMicrosoftGraphEmulator();
  return { destination: oneDrive({ auth: work.accessToken, cloud, path: 'Contracts' }), stop };
}
