import { archiveContract, createSpotDraftClient, type Ledger, memoryLedger } from '@spotdraft-archive/core';
import { type Fault, type RecordedRequest, type SpotDraftEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
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
  const writesKey = ({ method, path }: RecordedRequest) => method === 'PATCH' || path.endsWith('.json:/content');

  it.each<[string, number, Fault]>([
    ['the answer to a small upload is lost', 20_000, { kind: 'loseReply', method: 'PUT', path: /content$/ }],
    ['the answer to a large upload is lost', 700_000, { kind: 'loseReply', origin: 'uploads', method: 'PUT', nth: 3 }],
    ['the process dies between a small upload and its key', 20_000, { kind: 'cutRequest', where: writesKey }],
    ['the process dies between a large upload and its key', 700_000, { kind: 'cutRequest', where: writesKey }],
  ])('holds one copy when %s and SpotDraft renders the PDF anew for the next one', async (_when, size, fault) => {
    const harness = await start();
    const { url: baseUrl, clientId, clientSecret } = source;
    const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
    const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size } });
    const ledger: Ledger = { ...memoryLedger(), durable: true };
    const archive = () => archiveContract(id, { spotdraft, ledger, destinations: { drive: harness.restart({ maxTries: 1 }) } });

    harness.emulator.faults.inject(fault);
    expect((await archive()).failures.drive).toMatchObject({ recovery: 'retry' });
    const { receipts, documents } = await archive();
    expect(receipts.drive?.sha256).toBe(documents[0]?.sha256);
    expect(await pdfs(harness)).toHaveLength(1);
    const copy = await harness.destination.stat(receipts.drive?.id ?? '');
    expect(copy).toMatchObject({ key: receipts.drive?.key, hash: receipts.drive?.destinationHash });
    await harness.cleanup?.();
  });
});
