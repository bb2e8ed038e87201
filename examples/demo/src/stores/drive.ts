import { googleDrive } from '@spotdraft-archive/google-drive';
import { startGoogleDriveEmulator } from '@spotdraft-archive/testkit/emulators';
import type { StartedStore } from './store.ts';

export async function startDrive(): Promise<StartedStore> {
  const { url, accessToken, folderId, stop } = await startGoogleDriveEmulator();
  return { destination: googleDrive({ auth: accessToken, folderId, baseUrl: url }), stop };
}
