import { type MemoryDestinationOptions, MemoryStore, memoryDestination } from '@spotdraft-archive/testkit';
import { describe, expect, it } from 'vitest';
import { storeDocument } from '../../src/archive/store-document.ts';
import type { StoreOptions } from '../../src/archive/store-step.ts';
import { ArchiveError } from '../../src/errors/archive-error.ts';
import { memoryLedger } from '../../src/ledger/memory-ledger.ts';
import { documentJob } from './document-job.ts';

const key = 'us/T-1/1/signed-pdf';
const path = { folders: ['NDA'], name: 'Mutual NDA.pdf' };

function options(given: MemoryDestinationOptions = {}) {
  const store = given.store ?? new MemoryStore();
  const destination = memoryDestination({ ...given, store });
  const result = {
    name: 'memory',
    destination,
    ledger: memoryLedger(),
    now: () => new Date('2026-03-14T00:00:00Z'),
  } satisfies StoreOptions;
  return { ...result, store };
}

const otherBytes = Buffer.from('%PDF-1.7 two %%EOF');

describe('storeDocument', () => {
  it('stores a copy and returns what the store reported as the receipt', async () => {
    const run = options();
    const receipt = await storeDocument(await documentJob(), run);

    const [file] = run.store.files.values();
    expect(receipt).toMatchObject({ destination: 'memory', key, id: file?.id, path: 'NDA/Mutual NDA.pdf', size: 18, outcome: 'stored' });
    expect(receipt.storedAt).toBe('2026-03-14T00:00:00.000Z');
    expect((await run.ledger.find({ key, destination: 'memory' }))?.receipt).toEqual(receipt);
  });

  it('writes down its intent before the first request', async () => {
    const run = options();
    run.store.faults.inject({ request: 'create' });
    await expect(storeDocument(await documentJob(), run)).rejects.toMatchObject({ code: 'destination.unavailable' });

    const record = await run.ledger.find({ key, destination: 'memory' });
    expect(record).toMatchObject({ attempts: 1, intent: { key, path, size: 18 }, failure: { code: 'destination.unavailable' } });
  });

  it('gives the copy a suffix of its own when another contract has the path, with the same bytes too', async () => {
    const run = options();
    await storeDocument(await documentJob({ key: 'us/T-2/1/signed-pdf' }), run);
    const receipt = await storeDocument(await documentJob(), run);

    expect(receipt.path).toMatch(/^NDA\/Mutual NDA \([0-9a-f]{8}\)\.pdf$/);
    expect(run.store.files.size).toBe(2);
  });

  it('never touches a file that is not ours', async () => {
    const run = options();
    const foreign = run.store.write(path, Buffer.from('somebody else'));
    await storeDocument(await documentJob(), run);

    expect(Buffer.from(foreign.bytes).toString()).toBe('somebody else');
    expect(run.store.files.size).toBe(2);
  });

  it('adopts the copy of an attempt whose reply was lost', async () => {
    const run = options();
    run.store.faults.inject({ kind: 'loseReply', request: 'create' });
    await expect(storeDocument(await documentJob(), run)).rejects.toThrow(ArchiveError);
    const receipt = await storeDocument(await documentJob(), run);

    expect(receipt.outcome).toBe('adopted');
    expect(run.store.files.size).toBe(1);
  });

  it('adopts what an earlier attempt stored even when SpotDraft has rendered the PDF anew since', async () => {
    const run = options();
    const first = await documentJob();
    run.store.faults.inject({ kind: 'loseReply', request: 'create' });
    await expect(storeDocument(first, run)).rejects.toThrow(ArchiveError);
    const receipt = await storeDocument(await documentJob({ bytes: otherBytes }), run);

    expect(receipt).toMatchObject({ outcome: 'adopted', sha256: first.bytes.sha256, size: first.bytes.size });
    expect(run.store.files.size).toBe(1);
  });

  it('replaces a copy of ours that holds neither the present nor the intended bytes', async () => {
    const run = options();
    run.store.faults.inject({ kind: 'loseReply', request: 'create' });
    await expect(storeDocument(await documentJob(), run)).rejects.toThrow(ArchiveError);
    const [damaged] = run.store.files.values();
    if (damaged) run.store.overwrite(damaged.id, Buffer.from('rot'));
    const job = await documentJob();
    const receipt = await storeDocument(job, run);

    expect(receipt).toMatchObject({ outcome: 'stored', sha256: job.bytes.sha256, id: damaged?.id });
    expect(run.store.files.size).toBe(1);
  });

  it('replaces a copy of ours with other bytes that no ledger remembers', async () => {
    const store = new MemoryStore();
    await storeDocument(await documentJob({ bytes: otherBytes }), options({ store }));
    const job = await documentJob();
    const receipt = await storeDocument(job, options({ store }));

    expect(receipt).toMatchObject({ sha256: job.bytes.sha256, path: 'NDA/Mutual NDA.pdf' });
    expect(store.files.size).toBe(1);
  });

  it('does so too when the copy had to take the name beside the wanted one', async () => {
    const store = new MemoryStore();
    store.write(path, Buffer.from('somebody else'));
    await storeDocument(await documentJob({ bytes: otherBytes }), options({ store }));
    const job = await documentJob();
    const receipt = await storeDocument(job, options({ store }));

    expect(receipt).toMatchObject({ sha256: job.bytes.sha256, path: expect.stringMatching(/\([0-9a-f]{8}\)\.pdf$/) });
    expect(store.files.size).toBe(2);
  });

  it('tells which file is in the way when the name beside the wanted one is taken as well', async () => {
    const run = options();
    const job = await documentJob();
    for (const clash of [false, true]) run.store.write(job.nameFor(run.destination.capabilities.naming, { clash }), otherBytes);
    await expect(storeDocument(job, run)).rejects.toMatchObject({
      code: 'destination.conflict',
      details: { existingId: expect.any(String) },
    });
  });

  it('gives up with an integrity error when the store damages the bytes twice, and leaves no receipt', async () => {
    const run = options({ alter: (bytes) => bytes.map((byte) => byte ^ 1) });
    await expect(storeDocument(await documentJob(), run)).rejects.toMatchObject({
      code: 'integrity.checksum_mismatch',
      recovery: 'operator',
    });
    expect((await run.ledger.find({ key, destination: 'memory' }))?.receipt).toBeUndefined();
    expect(run.store.files.size).toBe(1);
  });

  it('names the outcome when the store is known to rewrite such files, and keeps both hashes', async () => {
    const alter = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, Buffer.from('enriched')]);
    const run = options({ alter, capabilities: { altersMediaTypes: ['application/pdf'] } });
    const job = await documentJob();
    const receipt = await storeDocument(job, run);

    expect(receipt).toMatchObject({ outcome: 'altered-by-destination', sha256: job.bytes.sha256, size: job.bytes.size });
    expect(receipt.destinationHash).not.toBe(job.bytes.sha256);
  });

  it('ends an attempt that another process has taken over', async () => {
    const run = options();
    const ledger = run.ledger;
    const overtaken = {
      ...ledger,
      recordIntent: async (...given: Parameters<typeof ledger.recordIntent>) => {
        await ledger.beginAttempt({ key, destination: 'memory' });
        await ledger.recordIntent(...given);
      },
    };
    await expect(storeDocument(await documentJob(), { ...run, ledger: overtaken })).rejects.toMatchObject({ code: 'ledger.lease_lost' });
    expect(run.store.files.size).toBe(0);
  });
});

describe.each<[string, MemoryDestinationOptions]>([
  ['paths are unique', {}],
  ['paths are unique and the key is stamped afterwards', { stampsAfterwards: true }],
  ['only a pre-made id is unique', { capabilities: { atomicCreate: 'by-id', duplicatePaths: true } }],
  ['uploads go in pieces', { capabilities: { resumableFromBytes: 1 } }],
])('whatever request fails where %s', (_title, given) => {
  it.each(['refused', 'loseReply'] as const)('a second run ends with one copy and one receipt (%s)', async (kind) => {
    const undisturbed = options(given);
    await storeDocument(await documentJob(), undisturbed);
    const requests = undisturbed.store.requests.length;
    expect(requests).toBeGreaterThan(0);

    for (let nth = 1; nth <= requests; nth++) {
      const run = options(given);
      run.store.faults.inject({ kind, nth });
      await expect(storeDocument(await documentJob(), run)).rejects.toThrow(ArchiveError);
      const job = await documentJob();
      const receipt = await storeDocument(job, run);

      const [file] = run.store.files.values();
      expect(run.store.files.size).toBe(1);
      expect(file).toMatchObject({ id: receipt.id, key, path });
      expect(Buffer.from(file?.bytes ?? [])).toEqual(Buffer.from(await new Response(job.bytes.open()).arrayBuffer()));
    }
  });
});
