import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { boxHarness } from './box-harness.ts';

it('stores 100 contracts in 10 folders with two requests each; set-up: template 3, folders 10', async () => {
  const { destination, emulator, cleanup } = await boxHarness();
  for (let index = 0; index < 100; index += 1) {
    const path = { folders: [`Counterparty ${index % 10}`], name: `Agreement ${index}.pdf` };
    await destination.put(sampleDocument(destination, { path }));
  }
  const { requests } = emulator;
  expect(requests.count({ method: 'POST', path: '/api/2.0/files/content' })).toBe(100);
  expect(requests.count({ method: 'POST', path: /^\/2.0\/files\/\d+\/metadata\// })).toBe(100);
  expect({
    'looking for the template': requests.count({ method: 'GET', path: /^\/2.0\/metadata_templates\// }),
    'making the template': requests.count({ method: 'POST', path: '/2.0/metadata_templates/schema' }),
    'finding or making a folder': requests.count({ method: 'POST', path: '/2.0/folders' }),
  }).toEqual({ 'looking for the template': 2, 'making the template': 1, 'finding or making a folder': 10 });
  expect(requests.count()).toBe(213);
  await cleanup?.();
});

it('adopts a copy that is there with two requests: the upload that is refused, and one look', async () => {
  const { destination, emulator, second, cleanup } = await boxHarness();
  const document = sampleDocument(destination, { path: { folders: [], name: 'Agreement.pdf' } });
  await destination.put(document);
  const other = await second!();
  await other.stat('1');
  emulator.requests.mark('again');
  expect((await other.put(document)).outcome).toBe('adopted');
  expect(emulator.requests.count({ since: 'again' })).toBe(2);
  await cleanup?.();
});

it('stores a large document with a session, its parts, the commit and the metadata', async () => {
  const { destination, emulator, cleanup } = await boxHarness();
  await destination.stat('1');
  emulator.requests.mark('put');
  await destination.put(sampleDocument(destination, { size: 500_000, path: { folders: [], name: 'Large.pdf' } }));
  const made = emulator.requests
    .list({ since: 'put' })
    .map(({ method, path }) => `${method} ${path.replaceAll(/[0-9A-F]{32}|\d{4,}/g, ':id')}`);
  const session = '/upload-server-7/api/2.0/files/upload_sessions/:id';
  expect(made).toEqual([
    'POST /api/2.0/files/upload_sessions',
    ...Array.from({ length: 8 }, () => `PUT ${session}`),
    `POST ${session}/commit`,
    `POST /2.0/files/:id/metadata/enterprise_:id/spotDraftArchive`,
  ]);
  await cleanup?.();
});
