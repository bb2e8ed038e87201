import { expect, it } from 'vitest';
import { stores } from './stores.ts';

/** Statements about every store. Others need a page only where they say something. */
const always = ['keyLookup', 'atomicCreate', 'duplicatePaths', 'resumableFromBytes', 'hash', 'maxBytes', 'keepsRevisions', 'naming'];

/** Options with which a store can do something else. */
const variants: Readonly<Record<string, readonly object[]>> = {
  dropbox: [{ access: 'app-folder' }],
  box: [{ metadata: 'global-properties' }],
  onedrive: [{ account: 'personal' }],
};

const all = Object.entries(stores).flatMap(([store, make]) =>
  [{}, ...(variants[store] ?? [])].map((options) => ({ store, options, capabilities: make(options).capabilities })),
);

it.each(all)('names the page of $store behind everything that it can do, with $options', ({ capabilities }) => {
  const { sources, metadata, altersMediaTypes } = capabilities;
  const ofMetadata = metadata === 'native' ? ['metadata', 'properties'] : [];
  const ofChanges = altersMediaTypes.length > 0 ? ['altersMediaTypes'] : [];
  const stated = [...always, ...ofMetadata, ...ofChanges];
  expect(stated.filter((statement) => !URL.canParse(sources[statement] ?? ''))).toEqual([]);
});
