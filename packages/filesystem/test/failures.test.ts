import { execFileSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesystem } from '@spotdraft-archive/filesystem';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryArchive, temporaryArchive } from './temporary-archive.ts';

let archive: TemporaryArchive;
beforeEach(async () => {
  archive = await temporaryArchive();
});
afterEach(() => archive.cleanup());

describe('a refusal of the operating system', () => {
  it.each([
    ['ENOSPC', 'destination.quota_exceeded', 'operator'],
    ['EDQUOT', 'destination.quota_exceeded', 'operator'],
    ['EROFS', 'destination.forbidden', 'operator'],
    ['EACCES', 'destination.forbidden', 'operator'],
    ['ENAMETOOLONG', 'destination.name_rejected', 'never'],
    ['EFBIG', 'destination.too_large', 'never'],
    ['EMFILE', 'destination.unavailable', 'retry'],
    ['ESTALE', 'destination.unavailable', 'retry'],
  ])('%s while writing is %s (%s), and leaves nothing behind', async (code, expected, recovery) => {
    archive.fileSystem.inject({ kind: 'cutRequest', nth: 2, call: 'write', code });
    const error = await archive.destination.put(sampleDocument(archive.destination)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: expected, recovery, details: { systemCode: code } });
    expect(error).toHaveProperty('hint', expect.stringMatching(/\.$/));
    expect(await archive.listEverything()).toEqual([]);
  });

  it('never tells the path, not even in its cause', async () => {
    archive.fileSystem.inject({ kind: 'refused', nth: 1, call: 'link', code: 'EIO' });
    const document = sampleDocument(archive.destination, { path: { folders: ['Acme Corporation'], name: 'Agreement.pdf' } });
    const error = (await archive.destination.put(document).catch((reason: unknown) => reason)) as Error;
    expect(`${error.stack} ${(error.cause as Error).stack}`).not.toMatch(/Acme Corporation|Agreement\.pdf/);
  });
});

it('a full disk is a full quota, and the next put works again', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'spotdraft-tiny-'));
  const isMounted = mountTinyDisk(directory);
  try {
    if (!isMounted) context.skip('this process may not mount a small disk');
    const destination = filesystem({ directory });
    const large = sampleDocument(destination, { size: 3_000_000 });
    await expect(destination.put(large)).rejects.toMatchObject({ code: 'destination.quota_exceeded', recovery: 'operator' });
    const small = sampleDocument(destination, { size: 100_000 });
    expect(await destination.put(small)).toMatchObject({ outcome: 'stored' });
    expect(await destination.check()).toMatchObject({ ok: false });
  } finally {
    if (isMounted) execFileSync('umount', [directory]);
    await rm(directory, { recursive: true });
  }
});

describe('the directory', () => {
  it('is missing and must exist: a person has to mend that, and nothing is created by itself', async () => {
    const destination = filesystem({ directory: join(archive.directory, 'not mounted'), createDirectory: false });
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({
      code: 'destination.folder_not_found',
      recovery: 'operator',
    });
    await expect(destination.find({ key: 'x' })).rejects.toMatchObject({ code: 'destination.folder_not_found' });
    expect(await destination.check()).toMatchObject({ ok: false, findings: [{ subject: 'directory', ok: false }] });
  });

  it('is created by the first put, and until then the archive is empty', async () => {
    const destination = filesystem({ directory: join(archive.directory, 'new', 'archive') });
    expect(await destination.check()).toMatchObject({ ok: true });
    expect(await destination.find({ key: 'x' })).toBeUndefined();
    expect(await archive.listFolders?.()).toEqual([]);
    expect(await destination.put(sampleDocument(destination))).toMatchObject({ outcome: 'stored' });
  });

  it('is a file: that is told', async () => {
    const file = join(archive.directory, 'file');
    await writeFile(file, '');
    const destination = filesystem({ directory: file });
    expect(await destination.check()).toMatchObject({ ok: false });
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({ code: 'destination.folder_not_found' });
  });

  it.skipIf(process.platform !== 'linux')('cannot be made where no folders can be: that is told, and does not go on for ever', async () => {
    const destination = filesystem({ directory: '/proc/archive/of/contracts' });
    await expect(destination.put(sampleDocument(destination))).rejects.toMatchObject({
      code: 'destination.folder_not_found',
      recovery: 'operator',
    });
  });

  it('may be a symbolic link itself', async () => {
    const link = `${archive.directory}-link`;
    await symlink(archive.directory, link);
    try {
      const destination = filesystem({ directory: link });
      expect(await destination.put(sampleDocument(destination))).toMatchObject({ outcome: 'stored' });
    } finally {
      await rm(link);
    }
  });
});

describe('check', () => {
  it('tells that nothing can be written, and what to do', async () => {
    archive.fileSystem.inject({ kind: 'refused', nth: 1, call: 'open', code: 'EACCES' });
    const { ok, findings } = await archive.destination.check();
    expect(ok).toBe(false);
    expect(findings.find((finding) => !finding.ok)).toMatchObject({ subject: 'permission to write', hint: expect.any(String) });
  });

  it('tells when there are no hard links, and is content', async () => {
    archive.fileSystem.inject({ kind: 'refused', nth: 1, call: 'link', code: 'EPERM' });
    expect(await archive.destination.check()).toMatchObject({ ok: true });
  });
});

it('something that is no file is in the way: a conflict without an id', async () => {
  const document = sampleDocument(archive.destination, { path: { folders: [], name: 'Agreement.pdf' } });
  await mkdir(join(archive.directory, 'Agreement.pdf'));
  for (const ifExists of ['fail', 'replace'] as const) {
    await expect(archive.destination.put(document, { ifExists })).rejects.toMatchObject({ code: 'destination.conflict', details: {} });
  }
});

it('a file lies where a folder has to be: a person has to mend that', async () => {
  await writeFile(join(archive.directory, 'Sales'), '');
  const document = sampleDocument(archive.destination, { path: { folders: ['Sales', 'Acme'], name: 'Agreement.pdf' } });
  await expect(archive.destination.put(document)).rejects.toMatchObject({ code: 'destination.folder_not_found', recovery: 'operator' });
});

it('no listener stays on the signal, whichever way a call ends', async () => {
  const { signal } = new AbortController();
  const document = sampleDocument(archive.destination, { size: 500_000 });
  const { copy } = await archive.destination.put(document, { signal });
  await archive.destination.put({ ...document, sha256: 'other' }, { signal }).catch(() => {});
  await archive.destination.put(sampleDocument(archive.destination), { signal });
  for await (const _chunk of await archive.destination.open(copy.id, { signal })) break;
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

/** Mounts a file system of one megabyte, where this process may. */
function mountTinyDisk(directory: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
