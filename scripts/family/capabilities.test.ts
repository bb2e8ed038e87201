import { expect, it } from 'vitest';
import { stores } from './stores.ts';

/** Statements about every store. Others need a page only where they say something. */
const always = ['keyLookup', 'atomicCreate', 'duplicatePaths', 'resumableFromBytes', 'hash', 'maxBytes', 'keepsRevisions', 'naming'];

it.each([
  ...Object.entries(stores).map(([store, make]) => ({ store, make, options: {} })),
  { store: 'dropbox', options: { access: 'app-folder' }, make: stores['dropbox'] },
  { store: 'box', options: { metadata: 'global-properties' }, make: stores['box'] },
  { store: 'onedrive', options: { account: 'personal' }, make: stores['onedrive'] },
])('names the page of $store behind everything that it can do, with $options', ({ make, options }) => {
  const { sources, metadata, altersMediaTypes } = make?.(options).capabilities ?? expect.fail('There is no such store.');
  const stated = [
    ...always,
    ...(metadata === 'native' ? ['metadata', 'properties'] : []),
    ...(altersMediaTypes.length > 0 ? ['altersMediaTypes'] : []),
  ];
  expect(stated.filter((statement) => !URL.canParse(sources[statement] ?? ''))).toEqual([]);
});
