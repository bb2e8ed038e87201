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
    const reason = leavesFolder(specifier, { file, folder: `${parent}/${folder}`, isTest: importer.isTest })
      ? 'import another package by its name, not by its path'
      : parent === 'packages'
        ? refusal(specifier, importer)
        : undefined;
    return reason === undefined ? [] : [`${file}:${line} imports ${specifier ?? 'a computed name'}: ${reason}`];
  });
}

interface Place {
  readonly file: string;
  readonly folder: string;
  readonly isTest: boolean;
}

/** Tests share the tools in `scripts/`, which is no package and has no name. */
function leavesFolder(specifier: string | undefined, { file, folder, isTest }: Place): boolean {
  if (specifier === undefined || !specifier.startsWith('.')) return false;
  const target = join(dirname(file), specifier);
  if (isTest && target.startsWith(`scripts${sep}`)) return false;
  return relative(folder, target).startsWith('..');
}
