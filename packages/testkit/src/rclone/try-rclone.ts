import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageDestination } from '@spotdraft-archive/core/destination';
import { bytesOf, sampleDocument } from '../conformance/sample-document.ts';
import { type RcloneOptions, rcloneWith } from './rclone.ts';
import { startTlsProxy } from './tls-proxy.ts';

/** An emulator, and how rclone is to be told of it. */
export interface RcloneHarness extends Pick<RcloneOptions, 'backend' | 'options'> {
  /** The provider's hosts, and the base addresses where the emulator stands in for them. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Size in bytes of a file that rclone, with these options, sends in several pieces. */
  readonly largeBytes: number;
  /** Ours, on the folder that rclone has as its root. */
  readonly destination: StorageDestination;
}

/**
 * Has rclone upload a small and a large file, list them, compare the hashes of them and of a copy of ours, and download them.
 *
 * Rejects when rclone fails or finds a difference. Needs rclone and openssl: see `hasRclone`.
 */
export async function tryRclone({ backend, options, hosts, largeBytes, destination }: RcloneHarness): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), `rclone-${backend}-`));
  try {
    await using proxy = await startTlsProxy(hosts, directory);
    const rclone = rcloneWith({ backend, options, directory, proxyUrl: proxy.url, certificateFile: proxy.certificateFile });
    const file = (name: string) => join(directory, name);

    await writeFile(file('small.pdf'), Buffer.alloc(100_000, 'small'));
    await writeFile(file('large.pdf'), Buffer.alloc(largeBytes, 'large'));
    for (const name of ['small.pdf', 'large.pdf']) await rclone('copyto', file(name), `store:Sales/${name}`);
    const ours = sampleDocument(destination, { path: { folders: ['Sales'], name: 'ours.pdf' } });
    await destination.put(ours);
    await writeFile(file('ours.pdf'), bytesOf(ours));

    const { stdout: listed } = await rclone('lsf', '--format', 'ps', 'store:Sales');
    assert.deepEqual(listed.trim().split('\n').toSorted(), [`large.pdf;${largeBytes}`, `ours.pdf;${ours.size}`, 'small.pdf;100000']);

    const { stderr: report } = await rclone('check', directory, 'store:Sales', '--include', '*.pdf');
    assert.match(report, /3 matching files/);
    // Without a hash rclone compares sizes, and says so.
    assert.doesNotMatch(report, /could not be checked|no hash/i);

    for (const name of ['small.pdf', 'large.pdf', 'ours.pdf']) {
      await rclone('copyto', `store:Sales/${name}`, file('back.pdf'));
      assert.ok((await readFile(file('back.pdf'))).equals(await readFile(file(name))), `${name} comes back with other bytes.`);
      await rm(file('back.pdf'));
    }
  } finally {
    await rm(directory, { recursive: true });
  }
}
