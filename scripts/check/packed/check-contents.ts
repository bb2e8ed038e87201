import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { contentProblems, versionProblems } from './contents.ts';
import type { PackedPackage } from './pack-packages.ts';

/** Checks that each package holds what it should and nothing else. Throws an error that lists what is wrong. */
export function checkContents(packages: readonly PackedPackage[]): string {
  const problems = packages.flatMap(({ name, folder, manifest }) => {
    const entries = globSync('**/*', { cwd: folder, withFileTypes: true, exclude: [] });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}${sep}${entry.name}`.slice(folder.length + 1));
    const paths = files.map((file) => file.split(sep).join('/'));
    return contentProblems({ manifest, files: paths }).map((problem) => `${name}: ${problem}`);
  });
  problems.push(...versionProblems(packages.map((each) => each.manifest)));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return `${packages.length} packages`;
}
