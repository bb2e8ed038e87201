import { expect, it } from 'vitest';
import { readImports } from './read-imports.ts';

const specifiers = (source: string, file = 'a.ts') => readImports(source, { file }).map((found) => found.specifier);

it.each([
  ['an import', `import { a } from 'x';`],
  ['an import for its effect', `import 'x';`],
  ['a type import', `import type { A } from 'x';`],
  ['an inline type import', `import { type A } from 'x';`],
  ['a re-export', `export { a } from 'x';`],
  ['a re-export of types', `export type { A } from 'x';`],
  ['a re-export of everything', `export * from 'x';`],
  ['a type that imports', `let a: import('x').A;`],
  ['a typeof that imports', `let a: typeof import('x');`],
  ['a dynamic import', `const load = async () => await import('x');`],
  ['a dynamic import of a template without holes', 'void import(`x`);'],
  ['an import assignment', `import a = require('x');`],
  ['a call of require', `const a = require('x');`],
  ['a resolved path', `const a = require.resolve('x');`],
  ['a resolved address', `const a = import.meta.resolve('x');`],
])('finds %s', (_, source) => {
  expect(specifiers(source, source.includes(' = require(') && source.startsWith('import') ? 'a.cts' : 'a.ts')).toEqual(['x']);
});

it('tells the line of each', () => {
  const source = `// first\nimport { a } from 'x';\n\nexport const b = () =>\n  import('y');\n`;
  expect(readImports(source, { file: 'a.ts' })).toEqual([
    { specifier: 'x', line: 2 },
    { specifier: 'y', line: 5 },
  ]);
});

it('reports a computed name as unknown', () => {
  expect(specifiers('const name = "x"; void import(name); require(`${name}/y`);')).toEqual([undefined, undefined]);
});

it('does not take text, comments, exports or other calls for imports', () => {
  const source = `// import 'x'\nexport const text = "import 'x'";\nexport function a(path: { resolve(x: string): void }) { path.resolve('x'); }\nexport { text as b };`;
  expect(specifiers(source)).toEqual([]);
});

it('refuses what it cannot parse', () => {
  expect(() => specifiers('import {')).toThrow(/^a\.ts: /);
});
