import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryArchive, temporaryArchive } from './temporary-archive.ts';

let archive: TemporaryArchive;
let outside: string;
beforeEach(async () => {
  archive = await temporaryArchive();
  outside = await mkdtemp(join(tmpdir(), 'spotdraft-outside-'));
});
afterEach(async () => {
  await archive.cleanup();
  await rm(outside, { recursive: true });
});

describe('a symbolic link that leaves the directory', () => {
  it('is no folder of a path, and nothing is made behind it', async () => {
    await symlink(outside, join(archive.directory, 'Sales'));
    const document = sampleDocument(archive.destination, { path: { folders: ['Sales', 'Acme'], name: 'Agreement.pdf' } });
    await expect(archive.destination.put(document)).rejects.toMatchObject({ code: 'destination.forbidden', recovery: 'operator' });
    expect(await readdir(outside)).toEqual([]);
  });

  it('gets no bytes when it takes the place of a folder in the middle of a put', async () => {
    const document = sampleDocument(archive.destination, { path: { folders: ['Sales'], name: 'Agreement.pdf' } });
    const sales = join(archive.directory, 'Sales');
    await mkdir(sales);
    let opened = 0;
    archive.fileSystem.onCall = async (_number, call) => {
      if (call !== 'open') return;
      opened += 1;
      // The first file to be opened is the note, the second one the document's temporary file.
      if (opened !== 2) return;
      await rename(sales, `${sales} (moved)`);
      await symlink(outside, sales);
    };
    await expect(archive.destination.put(document)).rejects.toMatchObject({ code: 'destination.forbidden' });
    expect(document.openedAt).toEqual([]);
    expect(await readdir(outside)).toEqual([]);
  });

  it('is not read when it takes the place of a copy', async () => {
    const document = sampleDocument(archive.destination);
    const { copy } = await archive.destination.put(document);
    const secret = join(outside, 'secret.pdf');
    await rename(archive.locate(document.path), secret);
    await symlink(secret, archive.locate(document.path));
    expect(await archive.destination.find({ key: document.key })).toBeUndefined();
    expect(await archive.destination.stat(copy.id)).toBeUndefined();
    await expect(archive.destination.open(copy.id)).rejects.toMatchObject({ code: 'destination.not_found' });
  });

  it.each(['fail', 'replace'] as const)('stays as it is when it has the name of a document, with ifExists: %s', async (ifExists) => {
    const target = join(outside, 'target.pdf');
    await writeFile(target, 'not ours');
    await symlink(target, join(archive.directory, 'Agreement.pdf'));
    const document = sampleDocument(archive.destination, { path: { folders: [], name: 'Agreement.pdf' } });
    const error = await archive.destination.put(document, { ifExists }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'destination.conflict', details: {} });
    expect(await readFile(target, 'utf8')).toBe('not ours');
  });
});

describe('a symbolic link that stays in the directory', () => {
  it('is a folder like any other', async () => {
    await mkdir(join(archive.directory, 'Acme Corporation'));
    await symlink('Acme Corporation', join(archive.directory, 'Acme'));
    const document = sampleDocument(archive.destination, { path: { folders: ['Acme'], name: 'Agreement.pdf' } });
    await archive.destination.put(document);
    expect(await archive.listEverything()).toEqual(['Acme', 'Acme Corporation/Agreement.pdf']);
    expect(await archive.destination.find({ key: document.key })).toMatchObject({ hash: document.hash });
  });

  it('does not make one file two: another key meets a conflict by either path', async () => {
    await mkdir(join(archive.directory, 'Acme Corporation'));
    await symlink('Acme Corporation', join(archive.directory, 'Acme'));
    const first = sampleDocument(archive.destination, { path: { folders: ['Acme'], name: 'Agreement.pdf' } });
    await archive.destination.put(first);
    const second = sampleDocument(archive.destination, { path: { folders: ['Acme Corporation'], name: 'Agreement.pdf' } });
    await expect(archive.destination.put(second)).rejects.toMatchObject({ code: 'destination.conflict' });
  });
});

it.each(['..', '.', '', 'a/b', 'a\\b', 'nul\u0000', 'line\nbreak', '.spotdraft-archive', '.SPOTDRAFT-ARCHIVE-x'])(
  'the name %j never reaches the disk, neither as a folder nor as a file',
  async (name) => {
    for (const path of [
      { folders: [name], name: 'Agreement.pdf' },
      { folders: ['Sales'], name },
    ]) {
      const document = sampleDocument(archive.destination, { path });
      await expect(archive.destination.put(document)).rejects.toMatchObject({ code: 'destination.name_rejected', recovery: 'never' });
    }
    expect(await readdir(archive.directory)).toEqual([]);
  },
);

it.each(['../../etc/passwd', 'path-../../etc/passwd', '', '0'])('the id %j leads nowhere', async (id) => {
  expect(await archive.destination.stat(id)).toBeUndefined();
});
