import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** The PDF files of a folder, in the order of their names. Throws `Refusal` when there is none. */
export async function documentsFrom(directory: string): Promise<readonly (() => Promise<Uint8Array>)[]> {
  const found = await readdir(directory).catch(() => []);
  const names = found.filter((name) => name.toLowerCase().endsWith('.pdf')).toSorted();
  if (names.length === 0) throw new Refusal(`There is no PDF file in ${directory}. Name a folder that holds some: --documents DIR.`);
  return names.map((name) => () => readFile(join(directory, name)));
}
