import { sampleDocument } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { driveHarness } from './drive-harness.ts';

it('stores 100 contracts in 10 folders with one request each, and 3 for each new folder', async () => {
  const { destination, emulator, cleanup } = await driveHarness();
  for (let index = 0; index < 100; index += 1) {
    const path = { folders: [`Counterparty ${index % 10}`], name: `Agreement ${index}.pdf` };
    await destination.put(sampleDocument(destination, { path }), { saveCheckpoint: async () => {} });
  }
  const { requests } = emulator;
  expect(requests.count({ method: 'POST', path: '/upload/drive/v3/files' })).toBe(100);
  const setUp = {
    'ids for a thousand files': requests.count({ path: '/drive/v3/files/generateIds' }),
    'the shared drive of the root folder': requests.count({ method: 'GET', path: `/drive/v3/files/${emulator.folderId}` }),
    'looking for a folder, and for a twin of a new one': requests.count({ method: 'GET', path: '/drive/v3/files' }),
    'making a folder': requests.count({ method: 'POST', path: '/drive/v3/files' }),
  };
  expect(setUp).toEqual({
    'ids for a thousand files': 1,
    'the shared drive of the root folder': 1,
    'looking for a folder, and for a twin of a new one': 20,
    'making a folder': 10,
  });
  expect(requests.count()).toBe(132);
  await cleanup?.();
});

it('stores a large document with one request for the session and one for each piece', async () => {
  const { destination, emulator, cleanup } = await driveHarness();
  const size = 6 * 2 ** 20;
  await destination.put(sampleDocument(destination, { size, path: { folders: [], name: 'Large.pdf' } }), {
    saveCheckpoint: async () => {},
  });
  expect(emulator.requests.list().map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /drive/v3/files/generateIds',
    'POST /upload/drive/v3/files',
    ...Array.from({ length: 3 }, () => 'PUT /upload/drive/v3/files'),
  ]);
  await cleanup?.();
});
