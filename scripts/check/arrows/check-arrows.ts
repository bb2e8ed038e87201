import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { type Importer, refusal } from './allowed-imports.ts';
import { readImports } from './read-imports.ts';

/**
 * Checks the import arrows of every package and example, sources and tests. Throws an error that lists what is refused, with file and line.
 */
export function checkArrows(repository: string): string {
  const files = globSync(['{packages,examples}/*/{src,test,bench}/**/*.{ts,mts,cts,js,mjs,cjs}', '{packages,examples}/*/*.ts'], {
    cwd: repository,
    exclude: (path) => path.includes('node_modules'),
  });
  const findings = files.toSorted().flatMap((file) => findingsIn(file.split(sep).join('/'), repository));
  if (findings.length > 0) throw new Error(findings.join('\n'));
  return `${files.length} files`;
}

function findingsIn(file: string, repository: string): string[] {
  const [parent = '', folder = ''] = file.split('/');
  const importer: Importer = { folder, isTest: !/^[^/]+\/[^/]+\/src\//.test(file) || /\.test\.[cm]?[jt]s$/.test(file) };
  return readImports(readFileSync(join(repository, file), 'utf8'), { file }).flatMap(({ specifier, line }) => {
    const reason = leavesFolder(specifier, { file, folder: `${parent}/${folder}` })
      ? 'import another package by its name, not by its path'
      : parent === 'packages'
        ? refusal(specifier, importer)
        : undefined;
    return reason === undefined ? [] : [`${file}:${line} imports ${specifier ?? 'a computed name'}: ${reason}`];
  });
}

function leavesFolder(specifier: string | undefined, from: { readonly file: string; readonly folder: string }): boolean {
  if (specifier === undefined || !specifier.startsWith('.')) return false;
  const path = relative(from.folder, join(dirname(from.file), specifier));
  return path.startsWith('..');
}
