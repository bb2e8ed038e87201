import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapters } from './family.ts';

const repository = join(import.meta.dirname, '..', '..');
const read = (...path: readonly string[]): string => readFileSync(join(repository, ...path), 'utf8');

describe.each(adapters)('the README of $package', ({ package: folder, options: type }) => {
  const readme = read('packages', folder, 'README.md');

  it('has a table of options that is compared with the types', () => {
    expect(readme).toContain(`<!-- members: ${type} -->`);
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
