import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brokenLinks } from './broken-links.ts';

const pages = ['*.md', 'docs/**/*.md', '{packages,examples}/*/*.md'];

/** Checks that every link between the pages of the repository leads to a file. Throws an error that lists those that do not. */
export function checkLinks(repository: string): string {
  const files = globSync(pages, { cwd: repository, exclude: (path) => path.includes('node_modules') }).toSorted();
  const exists = (path: string) => existsSync(join(repository, path));
  const broken = files.flatMap((file) => brokenLinks({ file, text: readFileSync(join(repository, file), 'utf8') }, { exists }));
  if (broken.length > 0) throw new Error(broken.join('\n'));
  return `${files.length} pages`;
}
