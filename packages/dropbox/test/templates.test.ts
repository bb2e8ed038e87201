import { afterEach, describe, expect, it } from 'vitest';
import { type EmulatedDropbox, emulatedDropbox } from './emulated-dropbox.ts';
import { documentFor } from './small-document.ts';

let store: EmulatedDropbox;

afterEach(() => store.cleanup());

const namesOf = (template: { readonly fields: readonly { readonly name: string }[] } | undefined) =>
  template?.fields.map(({ name }) => name) ?? [];

describe('property templates', () => {
  it('are made once by check, and used by everyone from then on', async () => {
    store = await emulatedDropbox();
    const { ok } = await store.destination.check();
    expect(ok).toBe(true);
    await Promise.all([store.connect(), store.connect()].map((destination) => destination.put(documentFor(destination))));
    expect(store.emulator.state.userTemplates.all).toHaveLength(1);
  });

  it('made by two processes at once are both read', async () => {
    store = await emulatedDropbox();
    const [first, second] = [store.connect(), store.connect()];
    const documents = [documentFor(first), documentFor(second)] as const;
    await Promise.all([first.put(documents[0]), second.put(documents[1])]);
    const third = store.connect();
    for (const { key } of documents) expect((await third.find({ key }))?.key).toBe(key);
    const rival = { ...documents[0], key: 'another' };
    await expect(second.put(rival)).rejects.toMatchObject({ code: 'destination.conflict', details: { existingKey: documents[0].key } });
  });

  it('get the fields that a document brings and they lack', async () => {
    store = await emulatedDropbox();
    const document = { ...documentFor(store.destination), properties: { costCentre: '4711' } };
    const { copy } = await store.destination.put(document);
    expect(copy.properties).toEqual({ costCentre: '4711' });
    expect(namesOf(store.emulator.state.userTemplates.all[0])).toContain('costCentre');
  });

  it('of the host are used when they are named, and enlarged', async () => {
    store = await emulatedDropbox();
    const templates = store.emulator.state.userTemplates;
    const field = { name: 'title', description: 'Title', type: 'string' };
    const { id } = templates.add({ name: 'Ours', description: 'Our own', fields: [field] });
    const destination = store.connect({ templateId: id });
    expect((await destination.put(documentFor(destination))).outcome).toBe('stored');
    expect(templates.all).toHaveLength(1);
    expect(namesOf(templates.get(id))).toEqual(expect.arrayContaining(['title', 'key', 'contractId']));
  });

  it('that are named and do not exist are reported with what to do', async () => {
    store = await emulatedDropbox();
    const destination = store.connect({ templateId: 'ptid:gone' });
    const { ok, findings } = await destination.check();
    expect(ok).toBe(false);
    expect(findings.at(-1)).toMatchObject({ subject: 'keys and metadata', hint: expect.stringContaining('templateId') });
  });
});

describe('the search for a key', () => {
  it('reads all pages: what was deleted may fill the first', async () => {
    store = await emulatedDropbox({ emulator: { searchPageSize: 1 } });
    const { destination, emulator } = store;
    const document = documentFor(destination);
    const { copy } = await destination.put(document);
    const [file] = emulator.state.tree().files;
    // Two people copied it, and its groups with it.
    const twins = await Promise.all(
      ['/Contracts/A.pdf', '/Contracts/B.pdf'].map((path) => emulator.state.writeFile(path, Buffer.from('copied'))),
    );
    for (const twin of twins) emulator.state.tree().setGroups(twin, file?.groups ?? []);
    const found = await destination.find({ key: document.key });
    expect(new Set([found?.id, ...(found?.twins ?? [])])).toEqual(new Set([copy.id, ...twins.map(({ id }) => id)]));
    expect(emulator.requests.count({ path: '/2/file_properties/properties/search/continue' })).toBe(2);
  });

  it('that Dropbox cannot go on with is tried again by the next attempt', async () => {
    store = await emulatedDropbox({ emulator: { searchPageSize: 1 } });
    const { destination, emulator } = store;
    const document = documentFor(destination);
    await destination.put(document);
    const body = { error_summary: 'reset/..', error: { '.tag': 'reset' } };
    emulator.faults.inject({ kind: 'status', status: 409, body, path: /properties\/search$/ });
    await expect(destination.find({ key: document.key })).rejects.toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
  });
});
