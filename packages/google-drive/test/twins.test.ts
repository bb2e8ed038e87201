import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DriveHarness, driveHarness, driveOn } from './drive-harness.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness({ emulator: { searchLagMs: 300_000 } });
});
afterEach(() => harness.cleanup?.());

it('finds a copy that the index does not know yet, by a look into its folder', async () => {
  const { destination } = harness;
  const document = sampleDocument(destination);
  const { copy } = await destination.put(document);
  const other = driveOn(harness.emulator);
  expect(await other.find({ key: document.key })).toBeUndefined();
  expect(await other.find(document)).toMatchObject({ id: copy.id, key: document.key });
});

it('reports further copies of a key, and takes the oldest for the one', async () => {
  const { destination } = harness;
  const document = sampleDocument(destination);
  const first = await destination.put(document);
  const second = await driveOn(harness.emulator).put(document);
  harness.emulator.state.index.settle();
  expect(await destination.find(document)).toMatchObject({ id: first.copy.id, twins: [second.copy.id] });
});

it('makes no second copy when told that the key may exist, though the index lags', async () => {
  const { destination } = harness;
  const document = sampleDocument(destination);
  const first = await destination.put(document);
  const again = await driveOn(harness.emulator).put(document, { mayExist: true });
  expect(again).toMatchObject({ outcome: 'adopted', copy: { id: first.copy.id } });
});

describe('lists that begin with an empty page', () => {
  beforeEach(async () => {
    await harness.cleanup?.();
    harness = await driveHarness({ emulator: { searchLagMs: 300_000, shortPages: true } });
  });

  it('are no proof that a key or a folder is absent', async () => {
    const { destination, emulator } = harness;
    const path = { folders: ['Sales'], name: 'A.pdf' };
    const document = sampleDocument(destination, { path });
    const { copy } = await destination.put(document);
    await destination.put(sampleDocument(destination, { path: { ...path, name: 'B.pdf' } }));
    expect(await driveOn(emulator).find(document)).toMatchObject({ id: copy.id });
    emulator.state.index.settle();
    expect(await driveOn(emulator).find({ key: document.key })).toMatchObject({ id: copy.id });
    await driveOn(emulator).put(sampleDocument(destination, { path: { ...path, name: 'C.pdf' } }));
    expect(emulator.state.folders.filter(({ name }) => name === 'Sales')).toHaveLength(1);
  });
});

describe('two processes that no ledger tells of each other', () => {
  /** Neither sends its document before the other is about to. */
  function holdUploads(): void {
    const waiting: (() => void)[] = [];
    harness.emulator.onRequest(async ({ path }, phase) => {
      if (phase !== 'before-effect' || path !== '/upload/drive/v3/files' || waiting.length >= 2) return;
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 2) for (const resume of waiting) resume();
      });
    });
  }

  it.each([
    ['into the same old folder', 'Old'],
    ['into a folder that is new', 'New'],
  ])('end with one copy of a key that they put at the same moment, %s', async (_title, folder) => {
    const { destination, emulator } = harness;
    const path = { folders: [folder], name: 'A.pdf' };
    await destination.put(sampleDocument(destination, { path: { folders: ['Old'], name: 'Older.pdf' } }));
    emulator.state.index.settle();
    const document = sampleDocument(destination, { path });
    holdUploads();
    const results = await Promise.all([1, 2].map(() => driveOn(emulator).put(document, { mayExist: true })));
    const copies = emulator.state.files.filter(({ name }) => name === 'A.pdf');
    expect(copies).toHaveLength(1);
    expect(results.map(({ copy }) => copy.id)).toEqual([copies[0]?.id, copies[0]?.id]);
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['stored', 'adopted']));
  });

  it('keep what lies there when they put other bytes under one key at the same moment', async () => {
    const { destination, emulator } = harness;
    const first = sampleDocument(destination, { path: { folders: [], name: 'A.pdf' } });
    const other = sampleDocument(destination, { key: first.key, path: first.path });
    holdUploads();
    const puts = [first, other].map((document) => driveOn(emulator).put(document, { mayExist: true }));
    const results = await Promise.allSettled(puts);
    expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'destination.conflict' } }]);
    expect(emulator.state.files).toHaveLength(1);
  });
});

it('uses one of two folders of the same name, always the same', async () => {
  const { account, folderId: parentId, state } = harness.emulator;
  const oldest = state.create({ name: 'Sales', parentId, projectId: 'p', account });
  state.create({ name: 'Sales', parentId, projectId: 'p', account });
  state.index.settle();
  const document = sampleDocument(harness.destination, { path: { folders: ['Sales'], name: 'A.pdf' } });
  const { copy } = await harness.destination.put(document);
  expect(state.find(copy.id)?.parents).toEqual([oldest.id]);
});

it('gives up a folder that it made a moment after another process, which the search could not know', async () => {
  const { account, folderId: parentId, state } = harness.emulator;
  const older = state.create({ name: 'Sales', parentId, projectId: 'p', account });
  const document = sampleDocument(harness.destination, { path: { folders: ['Sales'], name: 'A.pdf' } });
  const { copy } = await harness.destination.put(document);
  expect(state.find(copy.id)?.parents).toEqual([older.id]);
  expect(state.folders.filter(({ name }) => name === 'Sales')).toHaveLength(1);
});

it('does not take the copies of another destination on the same drive for its own', async () => {
  const { account, folderId, state } = harness.emulator;
  const elsewhere = state.create({ name: 'Elsewhere', parentId: state.rootOf(account).id, projectId: 'p', account });
  const document = sampleDocument(harness.destination);
  await harness.destination.put(document);
  state.index.settle();
  const other = driveOn(harness.emulator, { folderId: elsewhere.id });
  expect(folderId).not.toBe(elsewhere.id);
  expect(await other.find(document)).toBeUndefined();
});

it('finds keys with quotes and backslashes', async () => {
  const { destination } = harness;
  const document = sampleDocument(destination, { key: String.raw`us/O'Neill\' or trashed = true` });
  const { copy } = await destination.put(document);
  harness.emulator.state.index.settle();
  expect(await destination.find({ key: document.key })).toMatchObject({ id: copy.id, key: document.key });
});
