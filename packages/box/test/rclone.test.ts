import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sampleDocument, startBoxEmulator } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { destinationOn } from './box-harness.ts';
import { startTlsProxy } from './rclone-proxy.ts';

const isInstalled = ['rclone', 'openssl'].every((program) => spawnSync(program, ['version']).status === 0);

it.skipIf(!isInstalled)(
  'serves rclone: uploads whole and in parts, lists, compares hashes, downloads (needs rclone and openssl)',
  async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rclone-box-'));
    const emulator = await startBoxEmulator();
    const { urls, accessToken, folderId } = emulator;
    const proxy = await startTlsProxy({ 'api.box.com': urls.api, 'upload.box.com': urls.upload }, directory);
    const environment = {
      PATH: process.env['PATH'],
      HOME: directory,
      HTTPS_PROXY: proxy.url,
      SSL_CERT_FILE: proxy.certificateFile,
      RCLONE_CONFIG_BOX_TYPE: 'box',
      RCLONE_CONFIG_BOX_ACCESS_TOKEN: accessToken,
      RCLONE_CONFIG_BOX_ROOT_FOLDER_ID: folderId,
      RCLONE_BOX_UPLOAD_CUTOFF: '50M',
    };
    const rclone = (...parameters: string[]) => promisify(execFile)('rclone', [...parameters, '--retries', '1'], { env: environment });
    const file = (name: string) => join(directory, name);
    try {
      await writeFile(file('small.pdf'), Buffer.alloc(100_000, 'small'));
      await writeFile(file('large.pdf'), Buffer.alloc(52 * 2 ** 20, 'large'));
      for (const name of ['small.pdf', 'large.pdf']) await rclone('copyto', file(name), `box:Sales/${name}`);
      const { stdout: listed } = await rclone('lsf', '--format', 'ps', 'box:Sales');
      expect(listed.trim().split('\n')).toEqual(['large.pdf;54525952', 'small.pdf;100000']);
      await rclone('check', directory, 'box:Sales', '--include', '*.pdf');

      const destination = destinationOn(emulator);
      const document = sampleDocument(destination, { path: { folders: ['Sales'], name: 'ours.pdf' } });
      await destination.put(document);
      const { stdout: sums } = await rclone('sha1sum', 'box:Sales/ours.pdf');
      expect(sums).toContain(document.hash);
      await rclone('copyto', 'box:Sales/small.pdf', file('back.pdf'));
      expect((await readFile(file('back.pdf'))).equals(await readFile(file('small.pdf')))).toBe(true);
    } finally {
      await proxy.stop();
      await emulator.stop();
      await rm(directory, { recursive: true });
    }
  },
);
