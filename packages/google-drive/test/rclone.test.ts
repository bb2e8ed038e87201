import { hasRclone, tryRclone } from '@spotdraft-archive/testkit/rclone';
import { expect, it } from 'vitest';
import { driveHarness } from './drive-harness.ts';

it.skipIf(!hasRclone)(
  'serves rclone: uploads whole and in pieces, lists, compares hashes, downloads (needs rclone and openssl)',
  async () => {
    const { destination, emulator, cleanup } = await driveHarness({ emulator: { searchLagMs: 0 } });
    const { url, urls, accessToken, folderId } = emulator;
    await tryRclone({
      backend: 'drive',
      hosts: { 'www.googleapis.com': url, 'oauth2.googleapis.com': urls.oauth },
      options: {
        token: JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expiry: '2099-01-01T00:00:00Z' }),
        scope: 'drive',
        root_folder_id: folderId,
        upload_cutoff: '300k',
        chunk_size: '256k',
      },
      largeBytes: 3 * 262_144 + 1,
      destination,
    });
    expect(emulator.requests.count({ method: 'POST', where: ({ path }) => path.startsWith('/upload') })).toBeGreaterThan(5);
    await cleanup?.();
  },
);
