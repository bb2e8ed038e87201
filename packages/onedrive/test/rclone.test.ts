import { startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import { hasRclone, tryRclone } from '@spotdraft-archive/testkit/rclone';
import { expect, it } from 'vitest';
import { oneDrive } from '../src/index.ts';
import { graphDescription } from './graph-description.ts';

it.skipIf(!hasRclone)(
  'serves rclone on the drive of a work account: uploads in ranges, lists, compares hashes, downloads (needs rclone and openssl)',
  async () => {
    const emulator = await startMicrosoftGraphEmulator({
      description: graphDescription(),
      behaviour: { signedAddressesRefuseTokens: false },
    });
    const { cloud, work } = emulator;
    await tryRclone({
      backend: 'onedrive',
      hosts: { 'graph.microsoft.com': emulator.url },
      options: {
        token: JSON.stringify({ access_token: work.accessToken, token_type: 'Bearer', expiry: '2099-01-01T00:00:00Z' }),
        drive_id: work.drive.id,
        drive_type: 'business',
        chunk_size: '320k',
      },
      largeBytes: 3 * 327_680 + 1,
      destination: oneDrive({ auth: work.accessToken, cloud, drive: 'me' }),
    });
    expect(emulator.requests.count({ origin: 'uploads', method: 'PUT' })).toBeGreaterThan(4);
    expect(emulator.violations).toEqual([]);
    await emulator.stop();
  },
);
