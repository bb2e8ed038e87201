import { join } from 'node:path';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FileSystem } from '../src/file-system.ts';
import { nodeFileSystem } from '../src/node-file-system.ts';
import { type TemporaryArchive, temporaryArchive } from './temporary-archive.ts';

// The name of the archive's own directory has capitals of its own.
const belowDirectory = /(?<directory>spotdraft-archive-\w{6}\/)(?<rest>.*)/;

function fold(path: string): string {
  return path.replace(belowDirectory, (_match, directory: string, rest: string) => directory + rest.toLowerCase());
}

/** The machine's file system as if names that differ only in case were one, as on Windows and macOS. */
function caseBlind(): FileSystem {
  const real = nodeFileSystem;
  return {
    ...real,
    open: (path, mode) => real.open(fold(path), mode),
    link: (from, to) => real.link(fold(from), fold(to)),
    rename: (from, to) => real.rename(fold(from), fold(to)),
    remove: (path) => real.remove(fold(path)),
    makeFolder: (path) => real.makeFolder(fold(path)),
    makeFolders: (path) => real.makeFolders(fold(path)),
    state: (path) => real.state(fold(path)),
    realPath: (path) => real.realPath(fold(path)),
    readText: (path) => real.readText(fold(path)),
    list: (path) => real.list(fold(path)),
  };
}

let archive: TemporaryArchive;
beforeEach(async () => {
  archive = await temporaryArchive({ real: caseBlind() });
});
afterEach(() => archive.cleanup());

const folders = ['Sales', 'Acme'];

it('a name that differs only in case is taken, and the conflict names the copy that has it', async () => {
  const first = sampleDocument(archive.destination, { path: { folders, name: 'Agreement.pdf' } });
  const { copy } = await archive.destination.put(first);
  for (const seed of [first.seed, first.seed + 1]) {
    const second = sampleDocument(archive.destination, { path: { folders: ['SALES', 'acme'], name: 'AGREEMENT.PDF' }, seed });
    await expect(archive.destination.put(second)).rejects.toMatchObject({
      code: 'destination.conflict',
      details: { existingId: copy.id, existingKey: first.key, existingHash: first.hash },
    });
  }
});

it('the same document under a name that differs only in case is adopted', async () => {
  const document = sampleDocument(archive.destination, { path: { folders, name: 'Straße.pdf' } });
  await archive.destination.put(document);
  const again = await archive.destination.put({ ...document, path: { folders, name: 'STRASSE.pdf'.replace('SS', 'ß') } });
  expect(again.outcome).toBe('adopted');
  expect(await archive.listEverything()).toEqual(['.spotdraft-archive/readme.txt', join('sales', 'acme', 'straße.pdf')]);
});
