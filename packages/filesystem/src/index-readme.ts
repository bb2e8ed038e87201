import { join } from 'node:path';
import type { Archive } from './archive.ts';
import { unless, withFile } from './file-system.ts';
import { ownName } from './index-layout.ts';

const text = `This folder belongs to the archive of contracts that lies around it. Please keep it.

copies/      one small JSON file for each archived document: its key, where it was seen last, size, SHA-256 and properties
paths/       which of them lies at which path
unfinished/  work that is going on; what a process that died has left is removed by the next one

Documents may be moved and renamed; they are found again by size and SHA-256. The whole archive may be moved or copied to another machine,
with this folder. If this folder is lost, no document is: archive the contracts again, and every document that is still there is adopted.
`;

/** Leaves a word for people who find the index. */
export async function writeIndexReadme({ root, fileSystem }: Archive): Promise<void> {
  const file = await unless(['EEXIST'], fileSystem.open(join(root, ownName, 'README.txt'), 'create'));
  if (file) await withFile(file, () => file.write(Buffer.from(text)));
}
