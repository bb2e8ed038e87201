import { readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refusal } from './refusal.ts';

const ownDirectory = 'archive-demo';

/** Names the folder that the demo archives to; the destination makes it. Throws `Refusal` when a folder that was asked for holds something. */
export async function prepareDirectory(asked: string | undefined): Promise<string> {
  const directory = resolve(asked ?? ownDirectory);
  if (asked === undefined) await rm(directory, { recursive: true, force: true });
  if ((await namesIn(directory)).length > 0) throw new Refusal(`${directory} is not empty. Name another folder: --directory DIR.`);
  return directory;
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Refusal(`${directory} cannot be used as a folder. Name another one: --directory DIR.`);
  }
}
