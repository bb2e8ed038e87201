import { type BoxEmulator, sampleDocument } from '@spotdraft-archive/testkit';
import { describe, expect, it } from 'vitest';
import { boxHarness } from './box-harness.ts';

function requestsSince({ requests }: BoxEmulator, since: string): string[] {
  return requests.list({ since }).map(({ method, path }) => `${method} ${path.replaceAll(/[0-9A-F]{32}|\d{3,}/g, ':id')}`);
}

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

describe('an upload that is refused because the same bytes are there', () => {
  const path = { folders: [], name: 'Agreement.pdf' };
  const upload = 'POST /api/2.0/files/content';
  const session = 'POST /api/2.0/files/upload_sessions';
  const metadata = '/2.0/files/:id/metadata/enterprise_:id/spotDraftArchive';

  async function prepare(size: number) {
    const harness = await boxHarness();
    const { destination, emulator } = harness;
    const document = sampleDocument(destination, { path, size });
    await destination.stat('1');
    return { ...harness, document, madeSince: (mark: string) => requestsSince(emulator, mark) };
  }

  it.each([
    ['small', 3_000, upload],
    ['large', 400_000, session],
  ])('is a success after the metadata of a %s file, without a look in between', async (_size, size, refused) => {
    const { destination, emulator, document, madeSince, cleanup } = await prepare(size);
    await emulator.state.writeFile(path, new Uint8Array(await new Response(document.open()).arrayBuffer()));
    emulator.requests.mark('again');
    const { copy, outcome } = await destination.put(document);
    expect(madeSince('again')).toEqual([refused, `POST ${metadata}`]);
    expect({ copy, outcome }).toEqual({ copy: await destination.stat(copy.id), outcome: 'adopted' });
    await cleanup?.();
  });

  it('is a success after one look at the metadata that is there', async () => {
    const { destination, document, emulator, madeSince, cleanup } = await prepare(3_000);
    const { copy } = await destination.put(document);
    emulator.requests.mark('again');
    expect(await destination.put(document)).toEqual({ copy, outcome: 'adopted' });
    expect(madeSince('again')).toEqual([upload, `POST ${metadata}`, `GET ${metadata}`]);
    await cleanup?.();
  });

  it('is a conflict when they are the copy of another contract, which keeps its metadata', async () => {
    const { destination, document, emulator, madeSince, cleanup } = await prepare(3_000);
    const { copy } = await destination.put(document);
    emulator.requests.mark('again');
    const other = destination.put({ ...document, key: 'us/T-2/v1/signed-pdf', properties: { contractId: 'T-2' } });
    await expect(other).rejects.toMatchObject({ code: 'destination.conflict', details: { existingKey: document.key } });
    expect(madeSince('again')).toEqual([upload, `POST ${metadata}`, `GET ${metadata}`]);
    expect(await destination.stat(copy.id)).toEqual(copy);
    await cleanup?.();
  });
});

it('stores a large document with a session, its parts, the commit and the metadata', async () => {
  const { destination, emulator, cleanup } = await boxHarness();
  await destination.stat('1');
  emulator.requests.mark('put');
  await destination.put(sampleDocument(destination, { size: 500_000, path: { folders: [], name: 'Large.pdf' } }));
  const made = requestsSince(emulator, 'put');
  const session = '/upload-server-7/api/2.0/files/upload_sessions/:id';
  expect(made).toEqual([
    'POST /api/2.0/files/upload_sessions',
    ...Array.from({ length: 8 }, () => `PUT ${session}`),
    `POST ${session}/commit`,
    `POST /2.0/files/:id/metadata/enterprise_:id/spotDraftArchive`,
  ]);
  await cleanup?.();
});
