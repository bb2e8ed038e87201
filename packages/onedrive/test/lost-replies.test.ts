import { archiveContract, createSpotDraftClient, type Ledger, memoryLedger } from '@spotdraft-archive/core';
import { type SpotDraftEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DriveHarness, personalHarness, workHarness } from './drive-harness.ts';

let source: SpotDraftEmulator;
beforeEach(async () => {
  source = await startSpotDraftEmulator({ rerendersPdf: true });
});
afterEach(() => source.stop());

const pdfs = async ({ listPaths }: DriveHarness) => ((await listPaths?.()) ?? []).filter(({ name }) => name.endsWith('.pdf'));

describe.each([
  ['work', workHarness],
  ['personal', personalHarness],
])('a %s account', (_account, start) => {
  it.each([
    ['small', 20_000, { method: 'PUT', path: /content$/ }],
    ['large', 700_000, { origin: 'uploads', method: 'PUT', nth: 3 }],
  ])(
    'holds one copy when the answer to a %s upload is lost and SpotDraft renders the PDF anew for the next process',
    async (_size, size, lost) => {
      const harness = await start();
      const { url: baseUrl, clientId, clientSecret } = source;
      const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
      const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size } });
      const ledger: Ledger = { ...memoryLedger(), durable: true };
      const archive = () => archiveContract(id, { spotdraft, ledger, destinations: { drive: harness.restart({ maxTries: 1 }) } });

      harness.emulator.faults.inject({ kind: 'loseReply', ...lost });
      expect((await archive()).failures.drive).toMatchObject({ recovery: 'retry' });
      const { receipts, documents } = await archive();
      expect(receipts.drive?.sha256).toBe(documents[0]?.sha256);
      expect(await pdfs(harness)).toHaveLength(1);
      const copy = await harness.destination.stat(receipts.drive?.id ?? '');
      expect(copy).toMatchObject({ key: receipts.drive?.key, hash: receipts.drive?.destinationHash });
      await harness.cleanup?.();
    },
  );
});
