import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type MarkedTable, readTables } from './read-tables.ts';
import { TypeMembers } from './type-members.ts';

/** Checks that the tables of the packages' READMEs name every member of the types that they are about, and nothing else. Throws what differs. */
export function checkTables(repository: string): string {
  const pages = globSync('packages/*/README.md', { cwd: repository }).toSorted();
  const allPackages = TypeMembers.below(join(repository, 'packages'));
  const tables = pages.flatMap((file) => {
    const types = TypeMembers.below(join(repository, dirname(file)), allPackages);
    const marked = readTables(readFileSync(join(repository, file), 'utf8'));
    return marked.map((table) => ({ place: `${file}:${table.line}`, problems: tableProblems(table, types) }));
  });
  const problems = tables.flatMap(({ place, problems: found }) => found.map((problem) => `${place}: ${problem}`));
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return `${tables.length} tables`;
}

export function tableProblems({ types, names }: MarkedTable, members: TypeMembers): string[] {
  const wanted = Object.entries(types).flatMap(([owner, type]) => {
    const found = members.of(type);
    if (found === undefined) return [{ name: type, isType: true }];
    return found.map((name) => ({ name: owner === '' ? name : `${owner}.${name}`, isType: false }));
  });
  const isNamed = (name: string): boolean => names.some((named) => named === name || named.startsWith(`${name}.`));
  const isWanted = (named: string): boolean => wanted.some(({ name }) => name === named);
  return [
    ...wanted.filter(({ isType }) => isType).map(({ name }) => `there is no type ${name}`),
    ...wanted.filter(({ name, isType }) => !isType && !isNamed(name)).map(({ name }) => `${name} is missing`),
    ...names.filter((named) => !isWanted(named)).map((named) => `there is no ${named}`),
  ];
}
