import { startBoxEmulator } from '@spotdraft-archive/testkit';
import { hasRclone, tryRclone } from '@spotdraft-archive/testkit/rclone';
import { expect, it } from 'vitest';
import { destinationOn } from './box-harness.ts';

it.skipIf(!hasRclone)(
  'serves rclone: uploads whole and in parts, lists, compares hashes, downloads (needs rclone and openssl)',
  async () => {
    const emulator = await startBoxEmulator();
    const { urls, accessToken, folderId } = emulator;
    try {
      const tried = tryRclone({
        backend: 'box',
        hosts: { 'api.box.com': urls.api, 'upload.box.com': urls.upload },
        // Below 50 MB rclone sends no parts.
        options: { access_token: accessToken, root_folder_id: folderId, upload_cutoff: '50M' },
        largeBytes: 50 * 2 ** 20 + 1,
        destination: destinationOn(emulator),
      });
      await expect(tried).resolves.toBeUndefined();
    } finally {
      await emulator.stop();
    }
  },
);
