import { join } from 'node:path';
import type { Archive } from './archive.ts';
import { findFile } from './file-at-path.ts';
import { unless } from './file-system.ts';
import { findFolder } from './folders.ts';
import { unfinishedFolder } from './index-layout.ts';
import { listWork, readNote } from './noted-work.ts';
import { temporaryName } from './unfinished-work.ts';
import type { WorkName } from './work-name.ts';

/**
 * Removes the temporary files of processes that died. Leaves those of work alone that may still be going on, here or on another machine.
 *
 * What cannot be removed does not keep documents from being stored: the next put tries again.
 */
export async function removeAbandonedWork(archive: Archive): Promise<void> {
  const abandoned = new Map<WorkName, string[]>();
  for await (const { name, workName, isAbandoned } of listWork(archive)) {
    if (isAbandoned) abandoned.set(workName, [...(abandoned.get(workName) ?? []), name]);
  }
  for (const [workName, names] of abandoned) await removeWork(workName, names, archive).catch(() => {});
}

async function removeWork(workName: WorkName, names: readonly string[], archive: Archive): Promise<void> {
  const { root, fileSystem } = archive;
  const path = await readNote(workName, archive);
  if (path) {
    const folder = await findFolder(path.folders, archive);
    if (folder !== undefined) await unless(['ENOENT'], fileSystem.remove(join(folder, temporaryName(workName))));
    const reserved = names.includes(`${workName}.reserved`) ? await findFile(path, archive) : undefined;
    if (reserved?.size === 0) await unless(['ENOENT'], fileSystem.remove(reserved.location));
  }
  // The note goes last, so that a death in here changes nothing.
  const noteLast = names.toSorted((a, b) => Number(a.endsWith('.note')) - Number(b.endsWith('.note')));
  for (const name of noteLast) await unless(['ENOENT'], fileSystem.remove(join(unfinishedFolder(root), name)));
}
