import { expect, it } from 'vitest';
import { snippetErrors } from './check-snippets.ts';

it('names file and line of the page, which are those of the snippet', () => {
  const output = "tsc failed:\ndocs/layouts.md.10.ts(12,5): error TS2304: Cannot find name 'layout'.\n";
  expect(snippetErrors(output)).toEqual(["docs/layouts.md:12:5 TS2304: Cannot find name 'layout'."]);
});

it('leaves errors of the packages themselves to the check of types', () => {
  expect(snippetErrors('tsc failed:\n../../packages/core/src/index.ts(1,1): error TS1005: no.\n')).toEqual([]);
});

it('shows everything when the compiler failed in a way of its own', () => {
  expect(snippetErrors('tsc failed:\nout of memory\n')).toEqual(['tsc failed:', 'out of memory']);
});
