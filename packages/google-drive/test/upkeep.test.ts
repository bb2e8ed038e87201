import type { Checkpoint } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { googleDrive } from '../src/index.ts';
import { type DriveHarness, driveHarness, driveOn } from './drive-harness.ts';

let harness: DriveHarness;
beforeEach(async () => {
  harness = await driveHarness();
});
afterEach(() => harness.cleanup?.());

describe('a locked copy', () => {
  const readOnly = { reason: 'Executed contract' };

  it('carries the reason, and only its owner can lift the lock', async () => {
    const destination = driveOn(harness.emulator, { readOnly });
    const { copy } = await destination.put(sampleDocument(destination));
    expect(harness.emulator.state.find(copy.id)?.contentRestrictions).toEqual([
      { readOnly: true, reason: 'Executed contract', ownerRestricted: true },
    ]);
  });

  it('is locked by whoever finds it, when the process died before it could', async () => {
    const document = sampleDocument(harness.destination);
    const { copy } = await harness.destination.put(document);
    harness.emulator.state.index.settle();
    await driveOn(harness.emulator, { readOnly }).find(document);
    expect(harness.emulator.state.find(copy.id)?.contentRestrictions).toHaveLength(1);
  });

  it('is unlocked for a replacement and locked again', async () => {
    const destination = driveOn(harness.emulator, { readOnly });
    const old = sampleDocument(destination);
    const { copy } = await destination.put(old);
    const fresh = sampleDocument(destination, { key: old.key, path: old.path });
    await destination.put(fresh, { ifExists: 'replace', replaces: copy });
    const item = harness.emulator.state.find(copy.id);
    expect(item?.contentRestrictions).toHaveLength(1);
    expect(item?.revisions).toHaveLength(2);
  });
});

it('keeps the revision for ever when asked', async () => {
  const destination = driveOn(harness.emulator, { keepRevisionForever: true });
  const small = await destination.put(sampleDocument(destination));
  const large = await destination.put(sampleDocument(destination, { size: 5_300_000 }));
  for (const { copy } of [small, large]) expect(harness.emulator.state.find(copy.id)?.revisions).toMatchObject([{ keepForever: true }]);
});

it('leaves the link out when asked', async () => {
  const destination = driveOn(harness.emulator, { link: 'none' });
  expect((await destination.put(sampleDocument(destination))).copy.webUrl).toBeUndefined();
  expect((await harness.destination.put(sampleDocument(destination))).copy.webUrl).toMatch(/^https:\/\/drive\.google\.com\//);
});

it('never shares a new file with the domain, and knows of shared drives in every request', async () => {
  await harness.destination.put(sampleDocument(harness.destination));
  const uploads = harness.emulator.requests.list({ method: 'POST' });
  expect(uploads.every(({ query }) => query.get('ignoreDefaultVisibility') === 'true')).toBe(true);
  const others = harness.emulator.requests.list({ where: ({ path }) => !path.endsWith('/generateIds') });
  expect(others.every(({ query }) => query.get('supportsAllDrives') === 'true')).toBe(true);
});

it.each(['refuse', 'accept'] as const)(
  'makes the folder anew when somebody put it into the bin (files in it: %s)',
  async (binnedFolders) => {
    const { destination, emulator, cleanup } = await driveHarness({ emulator: { binnedFolders } });
    const first = sampleDocument(destination);
    const { copy } = await destination.put(first);
    emulator.state.trash(emulator.state.find(copy.id)?.parents[0] ?? '');
    emulator.state.index.settle();
    const second = sampleDocument(destination, { path: { ...first.path, name: 'Second.pdf' } });
    const keeper = keepCheckpoint();
    await expect(destination.put(second, keeper)).rejects.toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
    const stored = await destination.put(second, { checkpoint: keeper.latest() });
    expect(emulator.state.files.map(({ id }) => id)).toEqual([stored.copy.id]);
    await cleanup?.();
  },
);

it.each(['refuse', 'accept'] as const)(
  'asks for a person when the folder of the destination itself is in the bin (files in it: %s)',
  async (binnedFolders) => {
    const { destination, emulator, cleanup } = await driveHarness({ emulator: { binnedFolders } });
    emulator.state.trash(emulator.folderId);
    const document = sampleDocument(destination, { path: { folders: [], name: 'A.pdf' } });
    await expect(destination.put(document)).rejects.toMatchObject({ code: 'destination.folder_not_found', recovery: 'operator' });
    await cleanup?.();
  },
);

function keepCheckpoint() {
  let latest: Checkpoint | undefined;
  return {
    latest: () => latest,
    saveCheckpoint: async (checkpoint: Checkpoint) => {
      latest = checkpoint;
    },
  };
}

it('takes another id when the copy of an earlier attempt lies in the bin', async () => {
  const { destination, emulator } = harness;
  const document = sampleDocument(destination);
  const saved: unknown[] = [];
  const { copy } = await destination.put(document, { saveCheckpoint: async (checkpoint) => void saved.push(checkpoint) });
  emulator.state.trash(copy.id);
  const again = await destination.put(document, { checkpoint: { id: copy.id, sha256: document.sha256 } });
  expect(again.outcome).toBe('stored');
  expect(again.copy.id).not.toBe(copy.id);
  expect(saved).toEqual([{ id: copy.id, sha256: document.sha256 }]);
});

it('saves the session before the first byte of a large document', async () => {
  const { destination, emulator } = harness;
  const pieces: number[] = [];
  await destination.put(sampleDocument(destination, { size: 5_300_000 }), {
    saveCheckpoint: async (checkpoint) => {
      expect(checkpoint).toMatchObject({ id: expect.any(String), session: expect.stringContaining('upload_id=') });
      pieces.push(emulator.requests.count({ method: 'PUT' }));
    },
  });
  expect(pieces).toEqual([0]);
});

it('sends no token to the address of a session, and none of its secrets to a log', async () => {
  const { emulator } = harness;
  const events: unknown[] = [];
  const destination = driveOn(emulator, { onEvent: (event) => events.push(event) });
  await destination.put(sampleDocument(destination, { size: 5_300_000 }));
  expect(emulator.requests.list({ method: 'PUT' }).every(({ headers }) => !('authorization' in headers))).toBe(true);
  expect(JSON.stringify(events)).not.toMatch(/upload_id|emulator-token/);
});

it('archives for an app that sees only what it made itself (scope drive.file)', async () => {
  const { account, accounts, projectId } = harness.emulator;
  const auth = accounts.issueToken({ account, projectId, scopes: ['https://www.googleapis.com/auth/drive.file'] });
  const destination = driveOn(harness.emulator, { auth });
  const document = sampleDocument(destination);
  const { copy } = await destination.put(document);
  harness.emulator.state.index.settle();
  expect(await destination.find({ key: document.key })).toMatchObject({ id: copy.id });
});

it('finds public properties from another Cloud project, and private ones not', async () => {
  const { account, accounts } = harness.emulator;
  const auth = accounts.issueToken({ account, projectId: 'successor', scopes: ['https://www.googleapis.com/auth/drive'] });
  for (const [propertyVisibility, isFound] of [
    ['everyone', true],
    ['app', false],
  ] as const) {
    const destination = driveOn(harness.emulator, { propertyVisibility });
    const document = sampleDocument(destination);
    await destination.put(document);
    harness.emulator.state.index.settle();
    const found = await driveOn(harness.emulator, { propertyVisibility, auth }).find({ key: document.key });
    expect(found !== undefined).toBe(isFound);
  }
});

it('refuses wrong options before it connects, and says what to pass', () => {
  const auth = 'token';
  const folderId = '1abc';
  // @ts-expect-error a caller without a compiler
  expect(() => googleDrive()).toThrow(/"auth" is missing/);
  expect(() => googleDrive({ auth: '', folderId })).toThrow(/"auth" is missing/);
  // @ts-expect-error neither token nor client
  expect(() => googleDrive({ auth: 5, folderId })).toThrow(/"auth" is not usable/);
  // @ts-expect-error neither yes nor no
  expect(() => googleDrive({ auth, folderId, readOnly: 'yes' })).toThrow(/"readOnly" is not usable/);
  expect(() => googleDrive({ auth, folderId: '' })).toThrow(/"folderId" is missing/);
  expect(() => googleDrive({ auth, folderId: 'https://drive.google.com/drive/folders/1abc' })).toThrow(/"folderId" is not usable/);
  expect(() => googleDrive({ auth, folderId, pieceBytes: 1_000_000 })).toThrow(/multiple of 262144/);
  expect(() => googleDrive({ auth, folderId, baseUrl: 'http://example.com' })).toThrow(/"baseUrl"/);
  expect(() => googleDrive({ auth: { serviceAccount: { client_email: 'a@b', private_key: 'none' } }, folderId })).toThrow(/private_key/);
  // @ts-expect-error an option that does not exist
  expect(() => googleDrive({ auth, folderId, foldersId: 'x' })).not.toThrow();
});
