import { type Clock, systemClock } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DriveHarness, driveHarness, driveOn } from './drive-harness.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness();
});
afterEach(() => harness.cleanup?.());

const path = { folders: ['Sales', 'Acme'], name: 'Agreement.pdf' };

describe('the path of a copy', () => {
  it('is told after a move, by stat and by find', async () => {
    const { destination, moveCopy, settle } = harness;
    const document = sampleDocument(destination, { path });
    const { copy } = await destination.put(document);
    const moved = { folders: ['Old', 'Sales'], name: 'Renamed.pdf' };
    await moveCopy?.(copy.id, moved);
    await settle?.();
    expect((await destination.stat(copy.id))?.path).toEqual(moved);
    expect((await destination.find({ key: document.key }))?.path).toEqual(moved);
  });

  it('costs nothing in folders that the destination has put something into', async () => {
    const { destination, emulator } = harness;
    const { copy } = await destination.put(sampleDocument(destination, { path }));
    emulator.requests.mark('look');
    expect((await destination.stat(copy.id))?.path).toEqual(path);
    expect(emulator.requests.count({ since: 'look' })).toBe(1);
  });

  it('costs another process one look at each folder, however many copies lie in it', async () => {
    const { destination, emulator } = harness;
    const documents = ['A.pdf', 'B.pdf', 'C.pdf'].map((name) => sampleDocument(destination, { path: { ...path, name } }));
    const copies = await Promise.all(documents.map((document) => destination.put(document)));
    const other = driveOn(emulator);
    emulator.requests.mark('look');
    const found = await Promise.all(copies.map(({ copy }) => other.stat(copy.id)));
    expect(found.map((copy) => copy?.path)).toEqual(documents.map((document) => document.path));
    expect(emulator.requests.count({ since: 'look' })).toBe(copies.length + path.folders.length);
  });

  it('is looked at again after a minute, because people rename folders', async () => {
    const { emulator } = harness;
    let time = Date.now();
    const clock: Clock = { ...systemClock, now: () => time };
    const destination = driveOn(emulator, { clock });
    const { copy } = await destination.put(sampleDocument(destination, { path }));
    const folder = emulator.state.folders.find(({ name }) => name === 'Acme');
    folder!.name = 'Acme Ltd';
    expect((await destination.stat(copy.id))?.path).toEqual(path);
    time += 60_001;
    expect((await destination.stat(copy.id))?.path).toEqual({ ...path, folders: ['Sales', 'Acme Ltd'] });
  });

  it('is not told of a copy outside the folder of the destination', async () => {
    const { destination, emulator } = harness;
    const { account, state } = emulator;
    const { copy } = await destination.put(sampleDocument(destination, { path }));
    state.moveFile(copy.id, { folders: ['Elsewhere'], name: path.name }, { rootId: state.rootOf(account).id, account });
    const found = await destination.stat(copy.id);
    expect(found).toMatchObject({ id: copy.id });
    expect(found?.path).toBeUndefined();
  });

  it('is told, too, where the destination is a whole My Drive', async () => {
    const { emulator } = harness;
    const destination = driveOn(emulator, { folderId: 'root' });
    const document = sampleDocument(destination, { path });
    const { copy } = await destination.put(document);
    expect(copy.path).toEqual(path);
    expect((await driveOn(emulator, { folderId: 'root' }).stat(copy.id))?.path).toEqual(path);
    expect((await driveOn(emulator, { folderId: 'root' }).find(document))?.path).toEqual(path);
  });
});

it('puts nothing for long into a folder that somebody renamed, and makes no second one where nobody did', async () => {
  const { emulator } = harness;
  let time = Date.now();
  const destination = driveOn(emulator, { clock: { ...systemClock, now: () => time } });
  const put = (name: string) => destination.put(sampleDocument(destination, { path: { ...path, name } }));
  const namesOf = () => emulator.state.folders.map(({ name }) => name).toSorted();
  await put('A.pdf');
  emulator.state.index.settle();
  time += 600_001;
  await put('B.pdf');
  expect(namesOf()).toEqual(['Acme', 'Contracts', 'My Drive', 'Sales']);
  const folder = emulator.state.folders.find(({ name }) => name === 'Acme');
  folder!.name = 'Acme Ltd';
  emulator.state.index.settle();
  time += 600_001;
  const { copy } = await put('C.pdf');
  expect(namesOf()).toEqual(['Acme', 'Acme Ltd', 'Contracts', 'My Drive', 'Sales']);
  expect(emulator.state.pathOf(emulator.state.find(copy.id)!, emulator.folderId)).toEqual({ ...path, name: 'C.pdf' });
});
