import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The PDF files of a folder, in the order of their names. Throws an `Error` fit to be shown when there is none. */
export async function documentsFrom(directory: string): Promise<readonly (() => Promise<Uint8Array>)[]> {
  const names = (await readdir(directory)).filter((name) => name.toLowerCase().endsWith('.pdf')).toSorted();
  if (names.length === 0) throw new Error(`There is no PDF file in ${directory}. Name a folder that holds some: --documents DIR.`);
  return names.map((name) => () => readFile(join(directory, name)));
}
