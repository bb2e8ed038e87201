import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapters, ownFiles, protocolFiles } from './family.ts';

const packages = join(import.meta.dirname, '..', '..', 'packages');
const missing = (folder: string, files: readonly string[]): string[] => files.filter((file) => !existsSync(join(packages, folder, file)));

describe.each(adapters)('the adapter $package', ({ package: folder, factory, options, protocol = folder }) => {
  it('has the files that every adapter has', () => {
    expect(missing(folder, [...ownFiles, `src/${folder}.ts`])).toEqual([]);
    expect(missing(protocol, protocolFiles)).toEqual([]);
  });

  it('exports its factory and its options', () => {
    const index = readFileSync(join(packages, folder, 'src/index.ts'), 'utf8');
    expect(index).toMatch(new RegExp(`export \\{[^}]*\\b${factory}\\b[^}]*\\} from './${folder}.ts'`));
    expect(index).toMatch(new RegExp(`export type \\{[^}]*\\b${options}\\b[^}]*\\} from './options.ts'`));
  });
});
