import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The visible files below a folder, as lines with branches. */
export async function folderTree(directory: string, indent = ''): Promise<readonly string[]> {
  const entries = (await readdir(directory, { withFileTypes: true }))
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  const lines: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const isLast = index === entries.length - 1;
    lines.push(`${indent}${isLast ? '└── ' : '├── '}${shorten(entry.name)}`);
    if (entry.isDirectory()) lines.push(...(await folderTree(join(directory, entry.name), `${indent}${isLast ? '    ' : '│   '}`)));
  }
  return lines;
}

function shorten(name: string): string {
  return name.length <= 90 ? name : `${name.slice(0, 60)}…${name.slice(-25)}`;
}
