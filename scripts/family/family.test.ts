import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adapters, ownFiles, protocolFiles } from './family.ts';

const packages = join(import.meta.dirname, '..', '..', 'packages');
function peersOf(folder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8')) as { readonly peerDependencies?: object };
  return Object.keys(manifest.peerDependencies ?? {});
}

function sourcesOf(folder: string): string[] {
  const files = globSync(join(packages, folder, 'src/**/*.ts'));
  expect(files.length).toBeGreaterThan(5);
  return files.map((file) => readFileSync(file, 'utf8'));
}

const missing = (folder: string, files: readonly string[]): string[] => files.filter((file) => !existsSync(join(packages, folder, file)));

describe.each(adapters)('the adapter $package', ({ package: folder, factory, options, protocol = folder }) => {
  it('has the files that every adapter has', () => {
    expect(missing(folder, [...ownFiles, `src/${folder}.ts`])).toEqual([]);
    expect(missing(protocol, protocolFiles)).toEqual([]);
  });

  it('loads no package of its vendor: whoever has one passes what it made', () => {
    const vendors = [folder, protocol].flatMap(peersOf);
    expect(vendors.length).toBeGreaterThan(0);
    const loaded = [folder, protocol]
      .flatMap(sourcesOf)
      .flatMap((source) => [...source.matchAll(/(?:from|import|require)[ (]+'([^']+)'/g)]);
    expect(loaded.map(([, specifier]) => specifier).filter((specifier) => vendors.some((vendor) => specifier?.startsWith(vendor)))).toEqual(
      [],
    );
  });

  it('exports its factory and its options', () => {
    const index = readFileSync(join(packages, folder, 'src/index.ts'), 'utf8');
    expect(index).toMatch(new RegExp(`export \\{[^}]*\\b${factory}\\b[^}]*\\} from './${folder}.ts'`));
    expect(index).toMatch(new RegExp(`export type \\{[^}]*\\b${options}\\b[^}]*\\} from './options.ts'`));
  });
});
