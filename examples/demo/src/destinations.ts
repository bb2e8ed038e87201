import type { StorageDestination } from '@spotdraft-archive/core';
import { filesystem } from '@spotdraft-archive/filesystem';
import { prepareDirectory } from './archive-directory.ts';
import type { DemoArguments } from './arguments.ts';
import { folderTree } from './folder-tree.ts';

/** The places that the demo archives to. */
export interface DemoDestinations extends AsyncDisposable {
  readonly destinations: Readonly<Record<string, StorageDestination>>;
  /** What lies in them, for a person to look at. */
  picture(): Promise<string>;
}

export async function startDestinations(given: DemoArguments): Promise<DemoDestinations> {
  const directory = await prepareDirectory(given.directory);
  return {
    destinations: { folder: filesystem({ directory }) },
    picture: async () => ['', directory, ...(await folderTree(directory)), ''].join('\n'),
    [Symbol.asyncDispose]: async () => {},
  };
}
