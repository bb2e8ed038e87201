import { join } from 'node:path';
import type { DocumentPath } from '@spotdraft-archive/core/destination';
import { z } from 'zod';
import type { Archive } from './archive.ts';
import { checkPath } from './check-path.ts';
import { isFailure, unless } from './file-system.ts';
import { unfinishedFolder } from './index-layout.ts';
import { isAbandoned, isOurs, type WorkName, workNameIn } from './work-name.ts';

const storedNote = z.object({ folders: z.array(z.string()), name: z.string() });

/** One file of the unfinished work of any process. */
export interface NotedWork {
  readonly name: string;
  readonly workName: WorkName;
  readonly isAbandoned: boolean;
}

/** True when somebody is about to store a document at a path and holds its name with an empty file. */
export async function isReserved(path: DocumentPath, archive: Archive): Promise<boolean> {
  for await (const { name, workName } of listWork(archive)) {
    if (!name.endsWith('.reserved')) continue;
    const noted = await readNote(workName, archive);
    if (noted && JSON.stringify([noted.folders, noted.name]) === JSON.stringify([path.folders, path.name])) return true;
  }
  return false;
}

/** True when somebody is about to write a claim, which is an empty file meanwhile. */
export async function isAnybodyClaiming(archive: Archive): Promise<boolean> {
  for await (const work of listWork(archive)) if (!work.isAbandoned && work.name.endsWith('.claiming')) return true;
  return false;
}

/** Nothing when the process died before the note was whole: it had not begun then. */
export async function readNote(workName: WorkName, { root, fileSystem }: Archive): Promise<DocumentPath | undefined> {
  const text = await unless(['ENOENT'], fileSystem.readText(join(unfinishedFolder(root), `${workName}.note`)));
  try {
    const path = storedNote.parse(JSON.parse(text ?? ''));
    checkPath(path);
    return path;
  } catch {
    return undefined;
  }
}

/** Everything that lies in the folder of unfinished work. */
export async function* listWork({ root, fileSystem }: Archive): AsyncGenerator<NotedWork> {
  try {
    for await (const { name } of fileSystem.list(unfinishedFolder(root))) {
      const workName = workNameIn(name);
      if (workName === undefined) continue;
      const state = isOurs(workName) ? undefined : await unless(['ENOENT'], fileSystem.state(join(unfinishedFolder(root), name)));
      yield { name, workName, isAbandoned: state !== undefined && isAbandoned(workName, state.changedAtMs) };
    }
  } catch (error) {
    if (!isFailure(error, 'ENOENT')) throw error;
  }
}
