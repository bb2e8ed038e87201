import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { libraryHarness } from './library-harness.ts';

it('stores 100 contracts in 10 folders with two requests each; set-up: site, library, columns 1 + 3', async () => {
  const { destination, emulator, cleanup } = await libraryHarness();
  for (let index = 0; index < 100; index += 1) {
    const path = { folders: [`Counterparty ${index % 10}`], name: `Agreement ${index}.pdf` };
    await destination.put(sampleDocument(destination, { path }));
  }
  const { requests } = emulator;
  expect(requests.count({ method: 'PUT', path: /\/content$/ })).toBe(100);
  expect(requests.count({ method: 'PATCH', path: /\/listItem\/fields$/ })).toBe(100);
  expect({
    'finding the site': requests.count({ method: 'GET', path: /^\/v1\.0\/sites\/[^/]+:\// }),
    'finding the library': requests.count({ method: 'GET', path: /\/drives$/ }),
    'reading the columns': requests.count({ method: 'GET', path: /\/columns$/ }),
    'making the columns': requests.count({ method: 'POST', path: /\/columns$/ }),
  }).toEqual({ 'finding the site': 1, 'finding the library': 1, 'reading the columns': 1, 'making the columns': 3 });
  expect(requests.count()).toBe(206);
  await cleanup?.();
});

it('adopts a copy that is there with two requests: the upload that is refused, and one look', async () => {
  const { destination, emulator, cleanup } = await libraryHarness();
  const document = sampleDocument(destination);
  await destination.put(document);
  emulator.requests.mark('again');
  expect((await destination.put(document)).outcome).toBe('adopted');
  expect(emulator.requests.count({ since: 'again' })).toBe(2);
  await cleanup?.();
});

it('stores a large document with a session, its ranges and the metadata', async () => {
  const { destination, emulator, cleanup } = await libraryHarness();
  const { path } = sampleDocument(destination);
  await destination.put(sampleDocument(destination, { path }));
  emulator.requests.mark('put');
  await destination.put(sampleDocument(destination, { size: 700_000, path: { ...path, name: 'Large.pdf' } }));
  const made = emulator.requests.list({ since: 'put' }).map(({ method, origin }) => `${method} ${origin}`);
  expect(made).toEqual(['POST graph', 'PUT uploads', 'PUT uploads', 'PUT uploads', 'PATCH graph']);
  await cleanup?.();
});
