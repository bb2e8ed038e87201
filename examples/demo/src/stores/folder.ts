import { filesystem } from '@spotdraft-archive/filesystem';
import { prepareDirectory } from '../archive-directory.ts';
import { folderTree } from '../folder-tree.ts';
import type { StartedStore } from './store.ts';

export async function startFolder(asked: string | undefined): Promise<StartedStore> {
  const directory = await prepareDirectory(asked);
  return {
    destination: filesystem({ directory }),
    picture: async () => [directory, ...(await folderTree(directory))].join('\n'),
    stop: async () => {},
  };
}
