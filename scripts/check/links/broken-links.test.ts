import { expect, it } from 'vitest';
import { brokenLinks } from './broken-links.ts';

const files = new Set(['docs/errors.md', 'README.md', 'docs/decisions/README.md']);
const broken = (...lines: string[]) =>
  brokenLinks({ file: 'docs/layouts.md', text: lines.join('\n') }, { exists: (path) => files.has(path) });

it('follows links from the folder of the page, with and without an anchor', () => {
  expect(broken('[a](errors.md) and [b](../README.md#errors)', '[c](./decisions/README.md "title")')).toEqual([]);
});

it('names file, line and target of a link that leads nowhere', () => {
  expect(broken('# Layouts', '', 'See [webhooks](webhooks.md).')).toEqual(['docs/layouts.md:3 links to webhooks.md, which does not exist']);
});

it('finds a broken image', () => {
  expect(broken('![picture](picture.png)')).toHaveLength(1);
});

it('leaves other sites, addresses and anchors alone', () => {
  expect(broken('[a](https://example.com/x) [b](mailto:a@example.com) [c](#fields)')).toEqual([]);
});

it('does not take code for links', () => {
  expect(broken('`a[0](b.md)`', '```ts', 'list[0](none);', '```', '[after](none.md)')).toEqual([
    'docs/layouts.md:5 links to none.md, which does not exist',
  ]);
});
