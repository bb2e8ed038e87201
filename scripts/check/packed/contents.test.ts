import { describe, expect, it } from 'vitest';
import { contentProblems, versionProblems } from './contents.ts';
import type { PackageManifest } from './package-manifest.ts';

const manifest: PackageManifest = {
  name: '@spotdraft-archive/box',
  version: '1.0.0',
  description: 'Archives to Box.',
  license: 'MIT',
  keywords: ['spotdraft'],
  type: 'module',
  engines: { node: '>=22.13' },
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
};
const files = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.js.map', 'dist/index.d.ts', 'dist/upload/session.d.ts'];

describe('contentProblems', () => {
  it('finds nothing in a sound package', () => {
    expect(contentProblems({ manifest, files })).toEqual([]);
  });

  it.each(['README.md', 'LICENSE'])('misses %s', (file) => {
    expect(contentProblems({ manifest, files: files.filter((each) => each !== file) })).toEqual([`${file} is missing`]);
  });

  it.each(['src/index.ts', 'dist/index.test.js', 'dist/upload/session.test.d.ts', 'tsconfig.json', '.env', 'dist/index.ts'])(
    'does not expect %s',
    (file) => {
      expect(contentProblems({ manifest, files: [...files, file] })).toEqual([`${file} does not belong into the package`]);
    },
  );

  it('misses a file that is exported, and one that is a program', () => {
    const exports = { './upload': { types: './dist/upload.d.ts', default: './dist/index.js' } };
    expect(contentProblems({ manifest: { ...manifest, exports, bin: { box: './dist/box.js' } }, files })).toEqual([
      './dist/upload.d.ts is exported and not in the package',
      './dist/box.js is exported and not in the package',
    ]);
  });

  it('finds what leads back into this repository', () => {
    const exports = { '.': { '@spotdraft-archive/source': './dist/index.js' } };
    expect(contentProblems({ manifest: { ...manifest, exports }, files })).toEqual([expect.stringContaining('source condition')]);
    const dependencies = { '@spotdraft-archive/core': 'workspace:^' };
    expect(contentProblems({ manifest: { ...manifest, dependencies }, files })).toEqual([expect.stringContaining('workspace')]);
  });

  it.each(['description', 'license', 'keywords', 'type', 'engines'])('asks for %s', (field) => {
    expect(contentProblems({ manifest: { ...manifest, [field]: undefined }, files })).toEqual([expect.stringContaining(`"${field}"`)]);
  });
});

it('asks packages that are released together for one version', () => {
  expect(versionProblems([manifest, manifest])).toEqual([]);
  expect(versionProblems([manifest, { ...manifest, version: '1.1.0' }])).toHaveLength(1);
});
