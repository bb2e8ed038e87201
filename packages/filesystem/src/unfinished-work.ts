import { join } from 'node:path';
import type { DocumentPath } from '@spotdraft-archive/core/destination';
import type { Archive } from './archive.ts';
import { FileSystemFailure, unless, withFile } from './file-system.ts';
import { makeIndexFolder } from './folders.ts';
import { ownName, unfinishedFolder } from './index-layout.ts';
import { writeIndexReadme } from './index-readme.ts';
import { finishWork, startWork, type WorkName } from './work-name.ts';

/**
 * A piece of work that leaves temporary files behind if its process dies. Notes in the index, written before the fact, let any later process
 * find and remove them.
 */
export interface Work {
  readonly archive: Archive;
  /** Where to write a document first: beside its final place. Notes it. */
  temporaryBeside(path: DocumentPath, folder: string): Promise<string>;
  /** Notes that the document's name is going to be taken by an empty file for a moment. */
  noteReservation(): Promise<void>;
  /** Notes that a claim is going to be an empty file for a moment. */
  noteClaim(): Promise<void>;
  /** Writes a small file that is still to get its name, and tells where it lies. */
  writeText(text: string, options: WriteTextOptions): Promise<string>;
  /** Leaves everything as it is, for the next put to tidy up. */
  leaveToNext(): void;
  /** Removes what is left, and the notes. Call it on every way out. Never rejects: what stays, the next put finds by its note. */
  end(): Promise<void>;
}

export interface WriteTextOptions {
  /** Waits until the text is on the disk. */
  readonly durable: boolean;
}

export function temporaryName(name: WorkName): string {
  return `${ownName}-${name}.part`;
}

export function beginWork(archive: Archive): Work {
  const { root, fileSystem } = archive;
  const name = startWork();
  const leftovers: string[] = [];
  let texts = 0;

  async function createText(kind: string, text: string, { durable } = { durable: false }): Promise<string> {
    const location = join(unfinishedFolder(root), `${name}.${kind}`);
    leftovers.push(location);
    if (await makeIndexFolder(unfinishedFolder(root), fileSystem)) await writeIndexReadme(archive);
    await withFile(await fileSystem.open(location, 'create'), async (file) => {
      await file.write(Buffer.from(text));
      if (durable) await file.sync();
    });
    return location;
  }

  return {
    archive,
    async temporaryBeside(path, folder) {
      await createText('note', JSON.stringify(path));
      const location = join(folder, temporaryName(name));
      leftovers.push(location);
      return location;
    },
    noteReservation: async () => void (await createText('reserved', '')),
    noteClaim: async () => void (await createText('claiming', '')),
    writeText(text, options) {
      texts += 1;
      return createText(`${texts}.text`, text, options);
    },
    leaveToNext() {
      leftovers.length = 0;
    },
    async end() {
      finishWork(name);
      try {
        for (const location of leftovers.toReversed()) await unless(['ENOENT'], fileSystem.remove(location));
      } catch (error) {
        if (!(error instanceof FileSystemFailure)) throw error;
      }
    },
  };
}
