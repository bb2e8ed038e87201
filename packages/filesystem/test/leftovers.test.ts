import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWork } from '../src/work-name.ts';
import { type TemporaryArchive, temporaryArchive } from './temporary-archive.ts';

let archive: TemporaryArchive;
beforeEach(async () => {
  archive = await temporaryArchive();
});
afterEach(() => archive.cleanup());

/** Leaves lying what a put leaves that was killed while it wrote. */
async function leaveWork(name: string, { ageMs = 0, path = { folders: ['Sales'], name: 'Agreement.pdf' } } = {}): Promise<void> {
  const unfinished = join(archive.directory, '.spotdraft-archive', 'unfinished');
  await mkdir(unfinished, { recursive: true });
  await mkdir(join(archive.directory, 'Sales'), { recursive: true });
  const note = join(unfinished, `${name}.note`);
  await writeFile(note, JSON.stringify(path));
  await writeFile(join(archive.directory, 'Sales', `.spotdraft-archive-${name}.part`), 'half of a document');
  const date = new Date(Date.now() - ageMs);
  await utimes(note, date, date);
}

async function leftoversAfterPut(): Promise<number> {
  await archive.destination.put(sampleDocument(archive.destination));
  return (await archive.listEverything()).filter((file) => /\.(part|note)$/.test(file)).length;
}

const ourWork = startWork();
const [machine, ourProcess, token] = ourWork.split('-');
const day = 24 * 60 * 60 * 1000;

it('what a dead process of this machine left is removed by the next put of any document', async () => {
  await leaveWork(`${machine}-4194305-${token}`);
  expect(await leftoversAfterPut()).toBe(0);
});

it('what an earlier process with our own number left is removed', async () => {
  await leaveWork(`${machine}-${ourProcess}-0000000000000000`);
  expect(await leftoversAfterPut()).toBe(0);
});

it('what a process that lives is writing stays', async () => {
  await leaveWork(`${machine}-${process.ppid}-${token}`);
  expect(await leftoversAfterPut()).toBe(2);
});

it('what we ourselves are writing stays', async () => {
  await leaveWork(ourWork);
  expect(await leftoversAfterPut()).toBe(2);
});

it('what another machine is writing stays for a day', async () => {
  await leaveWork(`00000000-1-${token}`, { ageMs: day - 60_000 });
  expect(await leftoversAfterPut()).toBe(2);
  await leaveWork(`00000000-1-${token}`, { ageMs: day + 60_000 });
  expect(await leftoversAfterPut()).toBe(0);
});

it('a note that leads out of the directory is not followed, and does not stop anybody', async () => {
  await leaveWork(`${machine}-4194305-${token}`, { path: { folders: ['..'], name: '../../etc/passwd' } });
  await expect(archive.destination.put(sampleDocument(archive.destination))).resolves.toMatchObject({ outcome: 'stored' });
});

it('leftovers that cannot be removed do not keep documents from being stored', async () => {
  await leaveWork(`${machine}-4194305-${token}`);
  archive.fileSystem.inject({ kind: 'refused', nth: 1, call: 'remove', code: 'EACCES' });
  await expect(archive.destination.put(sampleDocument(archive.destination))).resolves.toMatchObject({ outcome: 'stored' });
});

it('a name that another process holds with an empty file is told apart from a file that exists', async () => {
  const path = { folders: ['Sales'], name: 'Agreement.pdf' };
  const name = `${machine}-${process.ppid}-${token}`;
  await leaveWork(name);
  await writeFile(join(archive.directory, '.spotdraft-archive', 'unfinished', `${name}.reserved`), '');
  await writeFile(archive.locate(path), '');
  const document = sampleDocument(archive.destination, { path });
  await expect(archive.destination.put(document)).rejects.toMatchObject({ code: 'destination.name_reserved', recovery: 'retry' });
});
