import { createHash } from 'node:crypto';
import { contractPdf, memoryDestination } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveEvent, type ArchiveOptions, archiveContract, createSpotDraftClient } from '../../src/index.ts';
import { type EmulatedArchive, startEmulatedArchive } from './emulated-archive.ts';

let archive: EmulatedArchive;
let events: ArchiveEvent[];
beforeEach(async () => {
  archive = await startEmulatedArchive();
  events = [];
});
afterEach(() => archive[Symbol.asyncDispose]());

const options = (): ArchiveOptions => ({ ...archive.options, versions: 'revision', onEvent: (event) => events.push(event) });
const files = () => [...archive.destination.store.files.values()];
const sha256 = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

/** Archives a contract, and gives it a second version under another title. */
async function archiveFirst(given: ArchiveOptions = options()) {
  const { state } = archive.emulator;
  const { id } = state.addContract({ title: 'Lease', status: 'EXECUTED', executedAt: new Date('2026-03-02T10:00:00Z') });
  const { receipts } = await archiveContract(id, given);
  await uploadVersion(id, 'Lease, amended');
  return { id, first: receipts['store']! };
}

async function uploadVersion(id: string, title: string): Promise<void> {
  const { state } = archive.emulator;
  state.editContract(id, { title });
  state.uploadExecutedVersion(id, { document: await contractPdf({ title, parties: ['A', 'B'] }) });
}

describe('a new version as a revision', () => {
  it('takes the place of the earlier one, which the store keeps; both receipts stay', async () => {
    const { id, first } = await archiveFirst();
    const second = (await archiveContract(id, options())).receipts['store'];
    expect(second).toMatchObject({ id: first.id, path: first.path, outcome: 'stored' });
    expect(second?.revision).not.toBe(first.revision);
    const [file, ...others] = files();
    expect(others).toEqual([]);
    expect(sha256(file?.bytes)).toBe(second?.sha256);
    expect(file?.earlierBytes.map(sha256)).toEqual([first.sha256]);
    const kept = (await archive.ledger.list(id)).map(({ receipt }) => receipt?.sha256);
    expect(new Set(kept)).toEqual(new Set([first.sha256, second?.sha256]));
  });

  it('goes beside a copy that somebody has changed since, says so, and leaves their work alone', async () => {
    const { id, first } = await archiveFirst();
    const notes = Buffer.from('%PDF- with notes in the margin');
    archive.destination.store.overwrite(first.id, notes);
    const result = await archiveContract(id, options());
    expect(result.complete).toBe(true);
    expect(result.receipts['store']?.id).not.toBe(first.id);
    expect(archive.destination.store.files.get(first.id)?.bytes).toBe(notes);
    expect(files()).toHaveLength(2);
    const { path: _path, webUrl: _webUrl, ...earlier } = first;
    expect(events).toContainEqual(expect.objectContaining({ type: 'revision.refused', destination: 'store', earlier }));
  });

  it('is stored anew when the earlier copy was removed', async () => {
    const { id, first } = await archiveFirst();
    archive.destination.store.remove(first.id);
    expect((await archiveContract(id, options())).complete).toBe(true);
    expect(files()).toHaveLength(1);
  });

  it.each(['before', 'loseReply'] as const)('stays one copy when the request fails (%s) and is repeated', async (kind) => {
    const { id, first } = await archiveFirst();
    archive.destination.store.faults.inject(kind === 'before' ? { request: 'replace' } : { kind, request: 'replace' });
    expect((await archiveContract(id, options())).failures['store']?.recovery).toBe('retry');
    const second = (await archiveContract(id, options())).receipts['store'];
    expect(second).toMatchObject({ id: first.id, outcome: kind === 'before' ? 'stored' : 'adopted' });
    expect(files()).toHaveLength(1);
    expect(files()[0]?.earlierBytes.map(sha256)).toEqual([first.sha256]);
  });

  it('is finished when an attempt died between its bytes and its key', async () => {
    const { id, first } = await archiveFirst();
    const second = await archive.emulator.state.get(id).versions.at(-1)?.openPdf();
    const bytes = new Uint8Array(await new Response(second?.open()).arrayBuffer());
    archive.destination.store.overwrite(first.id, bytes);
    expect((await archiveContract(id, options())).receipts['store']).toMatchObject({ id: first.id, sha256: sha256(bytes) });
    expect(files()).toHaveLength(1);
    expect(events.map(({ type }) => type)).not.toContain('revision.refused');
  });

  it('goes beside where the store keeps no revisions, and wherever nobody asked for one', async () => {
    const forgetful = memoryDestination({ capabilities: { keepsRevisions: false } });
    const given = { ...options(), destinations: { store: forgetful } };
    const { id } = await archiveFirst(given);
    await archiveContract(id, given);
    expect(forgetful.store.files.size).toBe(2);
    const beside = { ...options(), versions: undefined };
    const other = await archiveFirst(beside);
    await archiveContract(other.id, beside);
    expect(files()).toHaveLength(2);
  });

  it('takes the place of the newest version, not of an older one', async () => {
    const { id, first } = await archiveFirst();
    const second = (await archiveContract(id, options())).receipts['store'];
    await uploadVersion(id, 'Lease, amended again');
    const third = (await archiveContract(id, options())).receipts['store'];
    expect(third).toMatchObject({ id: first.id, path: first.path });
    expect(files()).toHaveLength(1);
    expect(files()[0]?.earlierBytes.map(sha256)).toEqual([first.sha256, second?.sha256]);
    const kept = (await archive.ledger.list(id)).map(({ receipt }) => receipt?.sha256);
    expect(new Set(kept)).toEqual(new Set([first.sha256, second?.sha256, third?.sha256]));
  });

  it('is nothing of the kind in a destination that did not have the earlier one', async () => {
    const { id } = await archiveFirst();
    const added = memoryDestination();
    const given = { ...options(), destinations: { store: archive.destination, added } };
    expect((await archiveContract(id, given)).complete).toBe(true);
    expect(files()[0]?.earlierBytes).toHaveLength(1);
    // It has the new title in its name, which a revision leaves as it is.
    expect([...added.store.files.values()].map(({ path }) => path.name)).toEqual([expect.stringContaining('amended')]);
    expect(files().map(({ path }) => path.name)).toEqual([expect.not.stringContaining('amended')]);
  });

  it('takes the place of the same document alone when there are several', async () => {
    const given = { ...options(), documents: { manifest: true } };
    const { id } = await archiveFirst(given);
    await archiveContract(id, given);
    const revised = files().map(({ path, earlierBytes }) => `${path.name.split('.').at(-1)} ${earlierBytes.length}`);
    expect(new Set(revised)).toEqual(new Set(['json 1', 'pdf 1']));
    expect(events.map(({ type }) => type)).not.toContain('revision.refused');
  });

  it('leaves the contract of the same id in another region alone', async () => {
    const { id, first } = await archiveFirst();
    const { url: baseUrl, clientId, clientSecret } = archive.emulator;
    const elsewhere = createSpotDraftClient({ baseUrl, clientId, clientSecret, source: 'elsewhere', requestsPerSecond: 1_000 });
    const other = (await archiveContract(id, { ...options(), spotdraft: elsewhere })).receipts['store'];
    expect(other?.id).not.toBe(first.id);
    expect(files().map(({ earlierBytes }) => earlierBytes)).toEqual([[], []]);
  });

  it('can be asked for in no other words', async () => {
    await expect(archiveContract('T-1', { ...options(), versions: 'replace' as 'beside' })).rejects.toMatchObject({
      code: 'config.invalid_option',
      details: { option: 'versions' },
    });
  });
});
