import { mkdir, readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';

const ownDirectory = 'archive-demo';

/** Makes the folder that the demo archives to. Throws an `Error` fit to be shown when a folder that was asked for holds something. */
export async function prepareDirectory(asked: string | undefined): Promise<string> {
  const directory = resolve(asked ?? ownDirectory);
  if (asked === undefined) await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  if ((await readdir(directory)).length > 0) throw new Error(`${directory} is not empty. Name another folder: --directory DIR.`);
  return directory;
}
