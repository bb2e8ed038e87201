import { ArchiveError } from '@spotdraft-archive/core';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BoxHarness, boxHarness, destinationOn } from './box-harness.ts';

let harness: BoxHarness;
beforeEach(async () => {
  harness = await boxHarness();
});
afterEach(() => harness.cleanup?.());

it('stores nothing under a name that Box would change without a word', async () => {
  const { destination, emulator } = harness;
  const document = sampleDocument(destination, { path: { folders: [], name: 'Acme: Agreement?.pdf' } });
  await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.name_rejected', recovery: 'never' });
  expect(emulator.state.listPaths()).toEqual([]);
});

it('makes no folder under a name that Box would change without a word', async () => {
  const { destination, emulator } = harness;
  const document = sampleDocument(destination, { path: { folders: ['Acme: Ltd'], name: 'Agreement.pdf' } });
  await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.name_rejected' });
  expect(emulator.state.listFolders()).toEqual([]);
});

it('reports a refused name without telling it', async () => {
  const { destination } = harness;
  const document = sampleDocument(destination, { path: { folders: [], name: 'Acme\\Agreement.pdf' } });
  const error = await destination.put(document).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'destination.name_rejected', recovery: 'never' });
  expect(ArchiveError.isInstance(error) && JSON.stringify([error.message, error.details])).not.toContain('Acme');
});

it('waits while another upload holds the name', async () => {
  const { destination, emulator } = harness;
  const document = sampleDocument(destination, { path: { folders: [], name: 'Agreement.pdf' } });
  const reservation = `${emulator.folderId}/agreement.pdf`;
  emulator.state.reservedNames.add(reservation);
  emulator.onRequest((request, phase) => {
    if (phase === 'after-effect' && request.path === '/api/2.0/files/content') emulator.state.reservedNames.delete(reservation);
  });
  expect((await destination.put(document)).outcome).toBe('stored');
});

it('says that a name is reserved when it stays so', async () => {
  const { emulator } = harness;
  const destination = destinationOn(emulator, { retry: { maxTries: 2, firstDelayMs: 1 } });
  emulator.state.reservedNames.add(`${emulator.folderId}/agreement.pdf`);
  const document = sampleDocument(destination, { path: { folders: [], name: 'Agreement.pdf' } });
  await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.name_reserved', recovery: 'retry' });
});

it.each(['company', 'collaborators'] as const)('states the access of a shared link: %s, never the default', async (link) => {
  const destination = destinationOn(harness.emulator, { link });
  const { copy } = await destination.put(sampleDocument(destination));
  expect(harness.emulator.state.files.get(copy.id)?.linkAccess).toBe(link);
  expect(copy.webUrl).toBe(`https://app.box.com/s/link${copy.id}`);
  expect((await destination.stat(copy.id))?.webUrl).toBe(copy.webUrl);
});

it('closes a shared link that is open to everybody when it adopts a copy', async () => {
  const { emulator } = harness;
  const document = sampleDocument(harness.destination);
  const { copy } = await harness.destination.put(document);
  const file = emulator.state.files.get(copy.id);
  file!.linkAccess = 'open';
  const destination = destinationOn(emulator, { link: 'company' });
  expect((await destination.put(document)).outcome).toBe('adopted');
  expect(file?.linkAccess).toBe('company');
});

it('shares nothing unless it is asked to, and links to the page that asks for a login', async () => {
  const { copy } = await harness.destination.put(sampleDocument(harness.destination));
  expect(harness.emulator.state.files.get(copy.id)?.linkAccess).toBeUndefined();
  expect(copy.webUrl).toBe(`https://app.box.com/file/${copy.id}`);
});

it('makes a folder again that a person has removed in the meantime', async () => {
  const { destination, emulator } = harness;
  const path = { folders: ['Sales', 'Acme'], name: 'First.pdf' };
  await destination.put(sampleDocument(destination, { path }));
  const sales = [...emulator.state.folders.values()].find(({ name }) => name === 'Sales');
  emulator.state.removeFolder(sales!.id);
  const second = await destination.put(sampleDocument(destination, { path: { ...path, name: 'Second.pdf' } }));
  expect(second.copy.path).toEqual({ ...path, name: 'Second.pdf' });
});

it('never reveals the token to the host that a download is redirected to', async () => {
  const { destination, emulator } = harness;
  const { copy } = await destination.put(sampleDocument(destination));
  await (await destination.open(copy.id)).cancel();
  const [download] = emulator.requests.list({ origin: 'download' });
  expect(download?.headers).not.toHaveProperty('authorization');
});

it('keeps properties for which the template has no field', async () => {
  const { destination } = harness;
  const document = { ...sampleDocument(destination), properties: { contractId: 'T-1', region: 'EMEA' } };
  const { copy } = await destination.put(document);
  expect((await destination.stat(copy.id))?.properties).toEqual({ contractId: 'T-1', region: 'EMEA' });
});

it('makes the template again that an admin has deleted in the meantime, and stamps what was left without a key', async () => {
  const { destination, emulator } = harness;
  await destination.put(sampleDocument(destination));
  emulator.state.templates.clear();
  const document = sampleDocument(destination);
  await expect(destination.put(document)).rejects.toMatchObject({ recovery: 'retry' });
  expect((await destination.put(document)).copy.key).toBe(document.key);
});

it('does not take a file for absent that the query describes in an unknown way', async () => {
  const { destination, emulator } = harness;
  const { key } = sampleDocument(destination);
  await destination.stat('1');
  emulator.faults.inject({ kind: 'status', status: 200, body: { entries: [{ type: 'file', id: '5' }] }, path: /execute_read/ });
  await expect(destination.find({ key })).rejects.toMatchObject({ code: 'destination.unexpected_answer' });
});
