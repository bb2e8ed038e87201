import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type EmulatedDrive, type MicrosoftGraphEmulator, sampleDocument, startMicrosoftGraphEmulator } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { startTlsProxy } from '../../box/test/rclone-proxy.ts';
import { graphDescription } from '../../microsoft-graph/test/graph-description.ts';
import { oneDrive } from '../src/index.ts';

const isInstalled = ['rclone', 'openssl'].every((program) => spawnSync(program, ['version']).status === 0);

interface Account {
  readonly drive: EmulatedDrive;
  readonly accessToken: string;
}

const accounts: readonly (readonly [string, (emulator: MicrosoftGraphEmulator) => Account])[] = [
  ['documentLibrary', ({ library: drive, accessToken }) => ({ drive, accessToken })],
  ['business', ({ work }) => work],
  ['personal', ({ personal }) => personal],
];

it.skipIf(!isInstalled).each(accounts)(
  'serves rclone on a drive of the kind %s: uploads whole and in ranges, lists, compares hashes, copies, moves, downloads (needs rclone and openssl)',
  async (driveType, accountOf) => {
    const directory = await mkdtemp(join(tmpdir(), 'rclone-onedrive-'));
    const emulator = await startMicrosoftGraphEmulator({
      behaviour: { signedAddressesRefuseTokens: false },
      description: graphDescription(),
    });
    const { drive, accessToken } = accountOf(emulator);
    const proxy = await startTlsProxy({ 'graph.microsoft.com': emulator.url }, directory);
    const environment = {
      PATH: process.env['PATH'],
      HOME: directory,
      HTTPS_PROXY: proxy.url,
      SSL_CERT_FILE: proxy.certificateFile,
      RCLONE_CONFIG_STORE_TYPE: 'onedrive',
      RCLONE_CONFIG_STORE_TOKEN: JSON.stringify({ access_token: accessToken, token_type: 'Bearer', expiry: '2099-01-01T00:00:00Z' }),
      RCLONE_CONFIG_STORE_DRIVE_ID: drive.id,
      RCLONE_CONFIG_STORE_DRIVE_TYPE: driveType,
      RCLONE_CONFIG_STORE_CHUNK_SIZE: '320k',
    };
    const rclone = (...parameters: string[]) => promisify(execFile)('rclone', [...parameters, '--retries', '1'], { env: environment });
    const file = (name: string) => join(directory, name);
    try {
      await writeFile(file('small.pdf'), Buffer.alloc(100_000, 'small'));
      await writeFile(file('large.pdf'), Buffer.alloc(5 * 2 ** 20, 'large'));
      await rclone('copy', directory, 'store:Sales', '--include', '*.pdf');
      const { stdout: listed } = await rclone('lsf', '--format', 'ps', 'store:Sales');
      expect(listed.trim().split('\n').toSorted()).toEqual(['large.pdf;5242880', 'small.pdf;100000']);
      await rclone('check', ...(driveType === 'personal' ? ['--download'] : []), directory, 'store:Sales', '--include', '*.pdf');
      expect(emulator.requests.count({ path: /createUploadSession$/ })).toBeGreaterThan(0);

      const destination = oneDrive({ auth: accessToken, cloud: emulator.cloud, drive: { driveId: drive.id } });
      const document = sampleDocument(destination, { path: { folders: ['Sales'], name: 'ours.pdf' } });
      await destination.put(document);
      if (driveType !== 'personal') {
        // The rclone of Debian 12 knows SHA-1 only on personal drives, which Microsoft has given up since.
        const { stdout: sums } = await rclone('hashsum', 'QuickXorHash', 'store:Sales/ours.pdf');
        expect(sums).toContain(Buffer.from(document.hash, 'base64').toString('hex'));
      }

      await rclone('copyto', 'store:Sales/small.pdf', 'store:Legal/copy.pdf');
      await rclone('moveto', 'store:Legal/copy.pdf', 'store:Legal/moved.pdf');
      await rclone('copyto', 'store:Legal/moved.pdf', file('back.pdf'));
      expect((await readFile(file('back.pdf'))).equals(await readFile(file('small.pdf')))).toBe(true);
      expect(emulator.requests.count({ path: /\/copy$/ })).toBe(1);
      expect(emulator.violations).toEqual([]);
    } finally {
      await proxy.stop();
      await emulator.stop();
      await rm(directory, { recursive: true });
    }
  },
);
