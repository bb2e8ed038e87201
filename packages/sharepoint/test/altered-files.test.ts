import { archiveContract, createSpotDraftClient, type Ledger, memoryLedger } from '@spotdraft-archive/core';
import { type GraphBehaviour, sampleDocument, startMicrosoftGraphEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { libraryHarness, libraryOn } from './library-harness.ts';

const sizes = [
  ['small', 20_000],
  ['large', 700_000],
] as const;

/** SpotDraft with one contract, a library, and one archive run with a new destination for each call. */
async function startArchive(size: number, enrichment: GraphBehaviour['enrichment']) {
  const source = await startSpotDraftEmulator();
  const store = await startMicrosoftGraphEmulator({ behaviour: { enrichment } });
  const spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size } });
  return {
    store,
    files: () => store.library.items.filter(({ content }) => content !== undefined),
    run: async (ledger: Ledger = memoryLedger()) => {
      const { receipts, documents } = await archiveContract(id, { spotdraft, ledger, destinations: { legal: libraryOn(store) } });
      const [sent] = documents;
      return { receipt: receipts.legal, sent: { sha256: sent?.sha256, size: sent?.size } };
    },
    stop: () => Promise.all([source.stop(), store.stop()]),
  };
}

it.each(sizes)(
  'reports a %s PDF that SharePoint has rewritten as such, with both hashes, and does not write it again',
  async (_size, bytes) => {
    const { store, files, run, stop } = await startArchive(bytes, 'before-answer');
    const ledger = memoryLedger();
    const { receipt, sent } = await run(ledger);
    expect(receipt).toMatchObject({ outcome: 'altered-by-destination', sha256: sent.sha256, size: sent.size });
    expect(receipt?.destinationHash).toBe(files()[0]?.content?.quickXorHash);
    expect(files()[0]?.content?.bytes.size).not.toBe(sent.size);
    // The next run looks into the ledger; a machine that remembers nothing finds out from the columns what was sent.
    expect((await run(ledger)).receipt).toEqual(receipt);
    expect((await run()).receipt).toMatchObject({ id: receipt?.id, outcome: 'altered-by-destination', sha256: sent.sha256 });
    // Written once by us, once by SharePoint.
    expect(files()).toMatchObject([{ contentVersion: 2 }]);
    expect(store.requests.count({ method: 'PATCH', path: /fields$/ })).toBe(1);
    await stop();
  },
);

it.each(sizes)(
  'verifies a %s PDF by the answer to its upload, before SharePoint rewrites it, without looking at it again',
  async (_size, bytes) => {
    const { store, files, run, stop } = await startArchive(bytes, 'with-metadata');
    const { receipt } = await run();
    expect(receipt?.outcome).toBe('stored');
    expect(files()[0]?.content?.quickXorHash).not.toBe(receipt?.destinationHash);
    expect(store.requests.count({ method: 'GET', path: /\/(items|root)/ })).toBe(0);
    await stop();
  },
);

it.each([3_000, 700_000])(
  'knows a rewritten file of %i bytes as its own when the process died before the key was written',
  async (size) => {
    const { destination, emulator, second, cleanup } = await libraryHarness({}, { enrichment: 'before-answer' });
    const document = sampleDocument(destination, { size });
    let checkpoint: unknown;
    const saveCheckpoint = async (saved: unknown) => {
      checkpoint = saved;
    };
    const died = emulator.faults.inject({ kind: 'cutRequest', method: 'PATCH', times: Number.POSITIVE_INFINITY });
    await expect(destination.put(document, { saveCheckpoint })).rejects.toMatchObject({ code: 'destination.unavailable' });
    died.remove();
    const { copy, outcome } = await (await second!()).put(document, { checkpoint: checkpoint as string, saveCheckpoint });
    expect(outcome).toBe('adopted');
    expect(copy).toMatchObject({ key: document.key });
    expect(copy.hash).not.toBe(document.hash);
    expect(copy.size).not.toBe(document.size);
    await cleanup?.();
  },
);
