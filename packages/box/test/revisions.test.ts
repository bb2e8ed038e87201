import { archiveContract, createSpotDraftClient, memoryLedger } from '@spotdraft-archive/core';
import { contractPdf, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { expect, it, onTestFinished } from 'vitest';
import { boxHarness } from './box-harness.ts';

it('keeps a new version of a contract as a version of the same file, and goes beside one that somebody has changed', async () => {
  const { destination, emulator } = await boxHarness();
  onTestFinished(() => emulator.stop());
  const source = await startSpotDraftEmulator({ rateLimit: false });
  onTestFinished(() => source.stop());
  const { url: baseUrl, clientId, clientSecret, state } = source;
  const spotdraft = createSpotDraftClient({ baseUrl, source: 'test', clientId, clientSecret, requestsPerSecond: 1_000 });
  const options = { spotdraft, destinations: { box: destination }, ledger: memoryLedger(), versions: 'revision' } as const;
  const { id } = state.addContract({ title: 'Lease', status: 'EXECUTED' });
  const archiveNext = async (title: string) => {
    state.uploadExecutedVersion(id, { document: await contractPdf({ title, parties: ['A', 'B'] }) });
    return (await archiveContract(id, options)).receipts.box;
  };

  const first = (await archiveContract(id, options)).receipts.box;
  const second = await archiveNext('Lease, second version');
  expect(second).toMatchObject({ id: first?.id, path: first?.path });
  const file = emulator.state.files.get(first?.id ?? '');
  expect(file?.earlierVersions).toEqual([{ id: first?.revision, sha1: first?.destinationHash }]);
  expect(file?.sha1).toBe(second?.destinationHash);

  if (file) emulator.state.addVersion(file, { content: file.content, sha1: 'f'.repeat(40) });
  const third = await archiveNext('Lease, third version');
  expect(third?.id).not.toBe(first?.id);
  expect(file?.sha1).toBe('f'.repeat(40));
  expect(emulator.state.files.size).toBe(2);
});
