import { archiveContract, createSpotDraftClient, memoryLedger } from '@spotdraft-archive/core';
import { sampleDocument, startMicrosoftGraphEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { libraryHarness, libraryOn } from './library-harness.ts';

it('reports a PDF that SharePoint has rewritten as such, with both hashes, and does not write it again', async () => {
  const source = await startSpotDraftEmulator();
  const store = await startMicrosoftGraphEmulator({ behaviour: { enrichment: 'before-answer' } });
  const spotdraft = createSpotDraftClient({ baseUrl: source.url, clientId: source.clientId, clientSecret: source.clientSecret });
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED' });
  const run = (ledger = memoryLedger()) => archiveContract(id, { spotdraft, ledger, destinations: { legal: libraryOn(store) } });
  const ledger = memoryLedger();
  const { receipts } = await run(ledger);
  expect(receipts.legal?.outcome).toBe('altered-by-destination');
  expect(receipts.legal?.destinationHash).not.toBe('');
  await run(ledger);
  // A machine that remembers nothing finds out from the columns what was sent.
  const again = await run();
  expect(again.receipts.legal).toMatchObject({ id: receipts.legal?.id, outcome: 'altered-by-destination' });
  expect(store.library.items.filter(({ content }) => content)).toMatchObject([{ contentVersion: 2 }]);
  await Promise.all([source.stop(), store.stop()]);
});

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

it('verifies by the answer to the upload when the file is rewritten later', async () => {
  const { destination, cleanup } = await libraryHarness({}, { enrichment: 'with-metadata' });
  const document = sampleDocument(destination);
  const { copy } = await destination.put(document);
  expect(copy.hash).toBe(document.hash);
  expect((await destination.stat(copy.id))?.hash).not.toBe(document.hash);
  await cleanup?.();
});
