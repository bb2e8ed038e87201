import { appendFile, cp, mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { filesystem } from '@spotdraft-archive/filesystem';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryArchive, temporaryArchive } from './temporary-archive.ts';

let archive: TemporaryArchive;
beforeEach(async () => {
  archive = await temporaryArchive();
});
afterEach(() => archive.cleanup());

it('the archive can be copied as a whole to another place, where every file is a new one', async () => {
  const document = sampleDocument(archive.destination);
  const { copy } = await archive.destination.put(document);
  const elsewhere = `${archive.directory}-copied`;
  await cp(archive.directory, elsewhere, { recursive: true });
  try {
    const copied = filesystem({ directory: elsewhere });
    expect(await copied.find({ key: document.key })).toMatchObject({ id: copy.id, hash: document.hash, properties: document.properties });
    await expect(copied.put(sampleDocument(copied, { path: document.path, seed: document.seed }))).rejects.toMatchObject({
      details: { existingKey: document.key },
    });
    expect(await copied.put(document)).toMatchObject({ outcome: 'adopted' });
  } finally {
    await rm(elsewhere, { recursive: true });
  }
});

it('copies are found after somebody renamed a folder above them, and the search is not repeated', async () => {
  const document = sampleDocument(archive.destination);
  await archive.destination.put(document);
  const folder = dirname(archive.locate(document.path));
  await rename(folder, `${folder} (renamed)`);
  const found = await archive.destination.find({ key: document.key });
  expect(found?.path?.folders.at(-1)).toMatch(/\(renamed\)$/);
  archive.fileSystem.calls.length = 0;
  expect(await archive.destination.find({ key: document.key })).toEqual(found);
  expect(archive.fileSystem.calls).not.toContain('list');
});

it('two keys with the same bytes stay two copies when both are moved', async () => {
  const first = sampleDocument(archive.destination, { path: { folders: ['A'], name: 'a.pdf' } });
  const second = sampleDocument(archive.destination, { path: { folders: ['A'], name: 'b.pdf' }, seed: first.seed });
  for (const document of [first, second]) await archive.destination.put(document);
  await rename(join(archive.directory, 'A'), join(archive.directory, 'B'));
  const copies = [await archive.destination.find({ key: first.key }), await archive.destination.find({ key: second.key })];
  expect(copies.map((copy) => copy?.key)).toEqual([first.key, second.key]);
  expect(new Set(copies.map((copy) => copy?.path?.name))).toEqual(new Set(['a.pdf', 'b.pdf']));
});

it('a copy whose bytes were changed in place is described with the hash it has now', async () => {
  const document = sampleDocument(archive.destination);
  const { copy } = await archive.destination.put(document);
  await appendFile(archive.locate(document.path), 'scribble');
  const found = await archive.destination.find({ key: document.key });
  expect(found).toMatchObject({ id: copy.id, size: document.size + 8 });
  expect(found?.hash).not.toBe(document.hash);
});

it('another file that took the place of a removed copy is not taken for it, and is not touched', async () => {
  const document = sampleDocument(archive.destination);
  await archive.destination.put(document);
  const location = archive.locate(document.path);
  await writeFile(`${location}.new`, 'another file');
  await rename(`${location}.new`, location);
  expect(await archive.destination.find({ key: document.key })).toBeUndefined();
  await expect(archive.destination.put(document)).rejects.toMatchObject({ code: 'destination.conflict' });
  await expect(archive.destination.put(document, { ifExists: 'fail' })).rejects.not.toHaveProperty('details.existingKey');
});

it('copies are adopted again when somebody has deleted the index', async () => {
  const document = sampleDocument(archive.destination);
  const { copy } = await archive.destination.put(document);
  await rm(join(archive.directory, '.spotdraft-archive'), { recursive: true });
  expect(await archive.destination.find({ key: document.key })).toBeUndefined();
  expect(await archive.destination.put(document)).toMatchObject({ outcome: 'adopted', copy: { id: copy.id } });
  expect(await archive.destination.find({ key: document.key })).toMatchObject({ id: copy.id });
});

it('a damaged entry is an error that says what to do, never an absence', async () => {
  const document = sampleDocument(archive.destination);
  const { copy } = await archive.destination.put(document);
  const entry = join(archive.directory, '.spotdraft-archive', 'copies', copy.id.slice(0, 2), `${copy.id}.json`);
  await writeFile(entry, '{"format": 1, "key"');
  await expect(archive.destination.find({ key: document.key })).rejects.toMatchObject({
    code: 'destination.unexpected_answer',
    recovery: 'operator',
  });
  await unlink(entry);
  expect(await archive.destination.put(document)).toMatchObject({ outcome: 'adopted' });
});

it('a moved copy is found in an archive that can only be read', async () => {
  const document = sampleDocument(archive.destination);
  await archive.destination.put(document);
  await rename(archive.locate(document.path), join(archive.directory, 'moved.pdf'));
  archive.fileSystem.inject({ kind: 'refused', nth: 1, times: Number.POSITIVE_INFINITY, call: 'makeFolders', code: 'EROFS' });
  expect(await archive.destination.find({ key: document.key })).toMatchObject({ path: { folders: [], name: 'moved.pdf' } });
});

it('new properties of the same document take the place of the old ones', async () => {
  const document = sampleDocument(archive.destination);
  await archive.destination.put(document);
  await archive.destination.put({ ...document, properties: { contractId: 'T-1', owner: 'Ada' } });
  expect(await archive.destination.find({ key: document.key })).toMatchObject({ properties: { contractId: 'T-1', owner: 'Ada' } });
});

it('the index tells a person what it is', async () => {
  await archive.destination.put(sampleDocument(archive.destination));
  expect(await readdir(join(archive.directory, '.spotdraft-archive'))).toEqual(['README.txt', 'copies', 'paths', 'unfinished']);
});

it('a look-up that cannot read a folder is an error, never an absence', async () => {
  const document = sampleDocument(archive.destination);
  await archive.destination.put(document);
  await mkdir(join(archive.directory, 'Elsewhere'));
  await rename(archive.locate(document.path), join(archive.directory, 'Elsewhere', 'moved.pdf'));
  archive.fileSystem.inject({ kind: 'refused', nth: 2, call: 'list', code: 'EACCES' });
  await expect(archive.destination.find({ key: document.key })).rejects.toMatchObject({ code: 'destination.forbidden' });
});
