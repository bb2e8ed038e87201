import { readdir } from 'node:fs/promises';
import { archiveContract, createSpotDraftClient, memoryLedger } from '@spotdraft-archive/core';
import { startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { expect, it } from 'vitest';
import { temporaryArchive } from './temporary-archive.ts';

it('one copy of each contract stays one, when titles are equal, every download has other bytes and each run has a ledger of its own', async () => {
  const emulator = await startSpotDraftEmulator({ rateLimit: false, rerendersPdf: true });
  const archive = await temporaryArchive();
  try {
    const { url, clientId, clientSecret } = emulator;
    const spotdraft = createSpotDraftClient({ baseUrl: url, clientId, clientSecret, requestsPerSecond: 1_000 });
    const contracts = ['T-1', 'T-2'].map((id) => emulator.state.addContract({ id, title: 'Mutual NDA', status: 'EXECUTED' }));
    for (const { id } of [...contracts, ...contracts, ...contracts]) {
      const { complete } = await archiveContract(id, { spotdraft, destinations: { folder: archive.destination }, ledger: memoryLedger() });
      expect(complete).toBe(true);
    }
    const files = await readdir(archive.directory, { recursive: true });
    expect(files.filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
  } finally {
    await archive.cleanup();
    await emulator.stop();
  }
});
