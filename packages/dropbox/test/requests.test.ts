import type { RecordedRequest } from '@spotdraft-archive/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmulatedDropbox, emulatedDropbox } from './emulated-dropbox.ts';
import { documentFor } from './small-document.ts';

let store: EmulatedDropbox;

afterEach(() => store.cleanup());

const routesOf = (requests: readonly RecordedRequest[]) => requests.map(({ path }) => path.replace('/2/', ''));

describe('requests', () => {
  it('are 100 for 100 documents in 10 folders, after two for the template', async () => {
    store = await emulatedDropbox();
    const { destination, emulator } = store;
    await destination.check();
    const fresh = store.connect();
    emulator.requests.mark('archive');
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => {
        const path = { folders: ['2026', `Counterparty ${index % 10}`], name: `Agreement ${index}.pdf` };
        return fresh.put(documentFor(fresh, { path }));
      }),
    );
    const routes = routesOf(emulator.requests.list({ since: 'archive' }));
    const setUp = routes.filter((route) => route.startsWith('file_properties/'));
    expect(setUp).toEqual(['file_properties/templates/list_for_user', 'file_properties/templates/get_for_user']);
    expect(routes.filter((route) => route === 'files/upload')).toHaveLength(100);
    expect(routes).toHaveLength(102);
    expect(emulator.state.tree().files).toHaveLength(100);
  });

  it('are two for a document whose metadata is too long for a header', async () => {
    store = await emulatedDropbox();
    const { destination, emulator } = store;
    await destination.put(documentFor(destination));
    emulator.requests.mark('long');
    const properties = { title: '契約書'.repeat(100), counterparties: '株式会社'.repeat(80), owner: 'ü'.repeat(500) };
    const { copy, outcome } = await destination.put({ ...documentFor(destination), properties });
    expect(routesOf(emulator.requests.list({ since: 'long' }))).toEqual(['files/upload', 'file_properties/properties/add']);
    expect(outcome).toBe('stored');
    expect((await destination.stat(copy.id))?.properties).toEqual(properties);
  });

  it('are one for each piece of a large document, besides a look, the beginning and the end', async () => {
    store = await emulatedDropbox({ adapter: { pieceBytes: 4 * 2 ** 20 } });
    const { destination, emulator } = store;
    await destination.put(documentFor(destination));
    emulator.requests.mark('large');
    await destination.put(documentFor(destination, { size: 9 * 2 ** 20 }));
    const session = 'files/upload_session';
    expect(routesOf(emulator.requests.list({ since: 'large' }))).toEqual([
      'files/get_metadata',
      `${session}/start`,
      `${session}/append_v2`,
      `${session}/append_v2`,
      `${session}/finish`,
    ]);
  });

  it('send nothing of a large document when its path is taken', async () => {
    store = await emulatedDropbox();
    const { destination, emulator } = store;
    const small = documentFor(destination);
    await destination.put(small);
    emulator.requests.mark('large');
    const rival = documentFor(destination, { path: small.path, size: 600_000 });
    await expect(destination.put(rival)).rejects.toMatchObject({ code: 'destination.conflict', details: { existingKey: small.key } });
    expect(routesOf(emulator.requests.list({ since: 'large' }))).toEqual(['files/get_metadata']);
  });

  it('look again where Dropbox does not show groups and the file is older than the upload', async () => {
    store = await emulatedDropbox({ emulator: { uploadAnswersShowGroups: false } });
    const { destination, emulator } = store;
    const document = documentFor(destination);
    expect((await destination.put(document)).outcome).toBe('stored');
    emulator.clock.advance(60_000);
    emulator.requests.mark('again');
    expect((await destination.put(document)).outcome).toBe('adopted');
    expect(routesOf(emulator.requests.list({ since: 'again' }))).toEqual(['files/upload', 'files/get_metadata']);
    const rival = { ...document, key: 'another' };
    await expect(destination.put(rival)).rejects.toMatchObject({ code: 'destination.conflict', details: { existingKey: document.key } });
  });
});
