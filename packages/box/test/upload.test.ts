import type { Checkpoint } from '@spotdraft-archive/core/destination';
import { sampleDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoxHarness, boxHarness, destinationOn } from './box-harness.ts';

let harness: BoxHarness;
beforeEach(async () => {
  harness = await boxHarness();
});
afterEach(() => harness.cleanup?.());

const path = { folders: [], name: 'Agreement.pdf' };

describe('a session', () => {
  async function cutUpload(document: ReturnType<typeof sampleDocument>): Promise<Checkpoint | undefined> {
    let checkpoint: Checkpoint | undefined;
    const saveCheckpoint = async (saved: Checkpoint) => {
      checkpoint = saved;
    };
    const fault = harness.emulator.faults.inject({ kind: 'status', status: 503, path: /commit$/ });
    const impatient = destinationOn(harness.emulator, { retry: { maxTries: 1 }, parallelParts: 1 });
    harness.emulator.faults.inject({ kind: 'status', status: 503, method: 'PUT', nth: 2 });
    await impatient.put(document, { saveCheckpoint }).catch(() => undefined);
    fault.remove();
    return checkpoint;
  }

  it('never makes a file under the name of an earlier attempt', async () => {
    const document = sampleDocument(harness.destination, { size: 400_000, path });
    const checkpoint = await cutUpload(document);
    expect(checkpoint).toBeDefined();
    const renamed = { ...document, path: { folders: [], name: 'Agreement (2).pdf' } };
    await harness.destination.put(renamed, { checkpoint });
    expect(harness.emulator.state.listPaths()).toEqual([renamed.path]);
  });

  it('is led on at the addresses that Box gave for it', async () => {
    await harness.destination.put(sampleDocument(harness.destination, { size: 400_000, path }));
    const inSession = harness.emulator.requests.list({ origin: 'upload' }).slice(1);
    expect(inSession.every((request) => request.path.startsWith('/upload-server-7/'))).toBe(true);
  });

  it('waits when Box is still at work on the parts, for as long as it says', async () => {
    await harness.cleanup?.();
    harness = await boxHarness({}, { pendingCommits: 3, mismatchedCommits: 2 });
    const { outcome } = await harness.destination.put(sampleDocument(harness.destination, { size: 400_000, path }));
    expect(outcome).toBe('stored');
    expect(harness.emulator.requests.count({ path: /commit$/ })).toBe(6);
  });

  it('of bytes that differ from what they declare makes no file, and is given up', async () => {
    const document = sampleDocument(harness.destination, { size: 400_000, path });
    const wrong = { ...document, hash: '0'.repeat(40) };
    await expect(harness.destination.put(wrong)).rejects.toMatchObject({ code: 'integrity.checksum_mismatch' });
    expect(harness.emulator.state.listPaths()).toEqual([]);
    expect(harness.emulator.state.sessions.size).toBe(0);
  });
});

describe('a new version', () => {
  it('is not written over a change that came after the look', async () => {
    const { destination, emulator } = harness;
    const old = sampleDocument(destination, { path });
    const { copy } = await destination.put(old);
    const removeHook = emulator.onRequest(async (request, phase) => {
      if (phase !== 'before-effect' || !/files\/\d+\/content$/.test(request.path)) return;
      removeHook();
      const file = emulator.state.files.get(copy.id);
      const other = await emulator.state.writeFile({ folders: [], name: 'Other.pdf' }, Buffer.from('by somebody else'));
      emulator.state.addVersion(file!, { content: other.content, sha1: other.sha1 });
    });
    const put = destination.put(sampleDocument(destination, { key: old.key, path }), { ifExists: 'replace', replaces: copy });
    await expect(put).rejects.toMatchObject({ code: 'destination.conflict' });
  });

  it.each([3_000, 400_000])('of %i bytes is ours when only the reply to it was lost', async (size) => {
    const { destination, emulator } = harness;
    const old = sampleDocument(destination, { path });
    const { copy } = await destination.put(old);
    const lost = emulator.faults.inject({ kind: 'loseReply', path: size > 300_000 ? /commit$/ : /files\/\d+\/content$/ });
    const fresh = sampleDocument(destination, { key: old.key, path, size });
    const result = await destination.put(fresh, { ifExists: 'replace', replaces: copy });
    expect(lost.fired).toBe(1);
    expect(result.copy).toMatchObject({ id: copy.id, hash: fresh.hash, key: fresh.key });
  });
});

it('makes no small file of bytes that differ from what they declare: Box compares the SHA-1 before it makes one', async () => {
  const { destination, emulator } = harness;
  const wrong = { ...sampleDocument(destination, { path }), hash: '0'.repeat(40) };
  await expect(destination.put(wrong)).rejects.toMatchObject({ code: 'integrity.checksum_mismatch' });
  expect(emulator.state.files.size).toBe(0);
});

it('replaces a copy of the same bytes under another key without sending them again', async () => {
  const { destination, emulator } = harness;
  const old = sampleDocument(destination, { path, size: 400_000 });
  const { copy } = await destination.put(old);
  const fresh = sampleDocument(destination, { path, size: 400_000, seed: old.seed });
  emulator.requests.mark('replace');
  const result = await destination.put(fresh, { ifExists: 'replace', replaces: copy });
  expect(result.copy).toMatchObject({ id: copy.id, key: fresh.key, revision: copy.revision });
  expect(emulator.requests.count({ since: 'replace', method: 'PUT', origin: 'upload' })).toBe(0);
});

it('takes its own file for its own when Box made it and answered 503', async () => {
  const { emulator } = harness;
  let refused = 0;
  const unreliable: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (refused > 0 || !response.url.includes('/files/content')) return response;
    refused += 1;
    await response.body?.cancel();
    return Response.json({ type: 'error', status: 503, code: 'unavailable' }, { status: 503 });
  };
  const destination = destinationOn(emulator, { fetch: unreliable });
  const document = sampleDocument(destination, { path });
  const { copy } = await destination.put(document);
  expect(refused).toBe(1);
  expect(copy.key).toBe(document.key);
  expect(emulator.state.listPaths()).toEqual([path]);
});
