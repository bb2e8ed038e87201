import { hasRclone, tryRclone } from '@spotdraft-archive/testkit/rclone';
import { expect, it } from 'vitest';
import { emulatedDropbox } from './emulated-dropbox.ts';

it.skipIf(!hasRclone).each(['sync', 'async', 'off'])(
  'serves rclone with batch mode %s: uploads whole and in pieces, lists, compares hashes, downloads (needs rclone and openssl)',
  async (batchMode) => {
    const store = await emulatedDropbox();
    const { emulator } = store;
    const tried = tryRclone({
      backend: 'dropbox',
      hosts: { 'api.dropboxapi.com': emulator.urls.api, 'content.dropboxapi.com': emulator.urls.content },
      options: {
        token: JSON.stringify({ access_token: emulator.accessToken, token_type: 'bearer', expiry: '2099-01-01T00:00:00Z' }),
        batch_mode: batchMode,
        chunk_size: '4M',
      },
      largeBytes: 9 * 2 ** 20,
      destination: store.connect({ path: '/' }),
    });
    await expect(tried).resolves.toBeUndefined();
    expect(emulator.requests.count({ path: /finish_batch/ }) > 0).toBe(batchMode !== 'off');
    await store.cleanup();
  },
);
