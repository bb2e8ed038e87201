import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareDirectory } from '../src/archive-directory.ts';
import { documentsFrom } from '../src/documents-from.ts';
import { Refusal } from '../src/refusal.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spotdraft-archive-demo-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('leaves a folder alone that holds something, and what is no folder', async () => {
  const file = join(directory, 'mine.txt');
  await writeFile(file, 'mine');
  for (const asked of [directory, file]) await expect(prepareDirectory(asked)).rejects.toThrow(Refusal);
  expect(await readdir(directory)).toEqual(['mine.txt']);
});

it('takes a folder that is empty or does not exist', async () => {
  for (const asked of [directory, join(directory, 'new')]) expect(await prepareDirectory(asked)).toBe(asked);
});

it('refuses a folder without documents', async () => {
  for (const asked of [directory, join(directory, 'missing')]) await expect(documentsFrom(asked)).rejects.toThrow(Refusal);
});
