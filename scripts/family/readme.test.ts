import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapters } from './family.ts';

const repository = join(import.meta.dirname, '..', '..');
const read = (...path: readonly string[]): string => readFileSync(join(repository, ...path), 'utf8');

/** The names of the options that an interface declares, those of the interface that it extends included. */
function optionsOf(folder: string, type: string): string[] {
  const isExtended = /\bextends GraphOptions\b/.test(read('packages', folder, 'src/options.ts'));
  const inherited = isExtended ? membersOf('microsoft-graph/src/options.ts', 'GraphOptions') : [];
  return [...inherited, ...membersOf(`${folder}/src/options.ts`, type)].toSorted();
}

function membersOf(file: string, type: string): string[] {
  const [, body = ''] = new RegExp(`export interface ${type}\\b[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(read('packages', file)) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, name = '']) => name);
}

/** The names in the first column of the table of options. */
function optionsInReadme(readme: string): string[] {
  const [, section = ''] = /^## Options\n(.*?)^## /ms.exec(readme) ?? [];
  const columns = section.split('\n').map((line) => /^\| (`.*?) \|/.exec(line)?.[1] ?? '');
  return columns.flatMap((column) => [...column.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)).toSorted();
}

describe.each(adapters)('the README of $package', ({ package: folder, options: type }) => {
  const readme = read('packages', folder, 'README.md');

  it('tells every option that the types have, and no other', () => {
    const options = optionsOf(folder, type);
    expect(options).toContain('auth');
    expect(optionsInReadme(readme)).toEqual(options);
  });

  it('begins with a program, and tells how to set up the account, what it costs and where it ends', () => {
    expect(readme.split('\n## ')[0]).toMatch(/```ts\n[^`]*archiveContract\(/);
    for (const heading of [/^## Setting up /m, /^## .*Limits$|^## .*limits$/m, /Requests/]) expect(readme).toMatch(heading);
  });

  it('leads to every example, one with a client of the vendor and one without', () => {
    const examples = globSync('src/with-*.ts', { cwd: join(repository, 'examples', folder) });
    expect(examples).toHaveLength(2);
    for (const example of examples) expect(readme).toContain(`(../../examples/${folder}/${example})`);
  });
});
