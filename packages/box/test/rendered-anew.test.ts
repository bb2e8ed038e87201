import { archiveContract, createSpotDraftClient, type Ledger, memoryLedger } from '@spotdraft-archive/core';
import { contractPdf, type Fault, type SpotDraftEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoxHarness, boxHarness } from './box-harness.ts';

// SpotDraft may give other bytes for each download of the same version, so that a file without its key cannot be known by the bytes of the next attempt.

let source: SpotDraftEmulator;
beforeEach(async () => {
  source = await startSpotDraftEmulator({ rerendersPdf: true });
});
afterEach(() => source.stop());

/** Runs as processes do that share a durable ledger and try each request once. */
function archiver({ restart }: BoxHarness, versions: 'beside' | 'revision' = 'beside') {
  const { url: baseUrl, clientId, clientSecret } = source;
  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  const ledger: Ledger = { ...memoryLedger(), durable: true };
  return async (id: string) => archiveContract(id, { spotdraft, ledger, versions, destinations: { box: restart({ maxTries: 1 }) } });
}

async function expectOneCopy(
  { emulator, destination }: BoxHarness,
  { receipts, documents }: Awaited<ReturnType<ReturnType<typeof archiver>>>,
) {
  const { box: receipt } = receipts;
  expect(receipt?.sha256).toBe(documents[0]?.sha256);
  expect(emulator.state.listPaths()).toHaveLength(1);
  const copy = await destination.stat(receipt?.id ?? '');
  expect(copy).toMatchObject({ key: receipt?.key, hash: receipt?.destinationHash, properties: { sha256: receipt?.sha256 } });
}

const small = 20_000;
const large = 700_000;
const stamping = { kind: 'cutRequest', path: /\/metadata\// } as const;

describe.each(['enterprise', 'global-properties'] as const)(
  'with metadata in %s, there is one copy when SpotDraft renders the PDF anew',
  (metadata) => {
    it.each<[string, number, Fault]>([
      ['the answer to a small upload was lost', small, { kind: 'loseReply', method: 'POST', path: /files\/content$/ }],
      ['the answer to a commit was lost', large, { kind: 'loseReply', path: /commit$/ }],
      ['the process died between a small upload and its metadata', small, stamping],
      ['the process died between a commit and the metadata', large, stamping],
    ])('after %s', async (_what, size, fault) => {
      const harness = await boxHarness({ metadata });
      const archive = archiver(harness);
      const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size } });
      harness.emulator.faults.inject(fault);
      expect((await archive(id)).failures.box).toMatchObject({ recovery: 'retry' });
      await expectOneCopy(harness, await archive(id));
      await harness.cleanup?.();
    });

    it('again and again, a process dying each time before it wrote the metadata', async () => {
      const harness = await boxHarness({ metadata });
      const archive = archiver(harness);
      const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size: small } });
      const dying = harness.emulator.faults.inject({ ...stamping, times: 3 });
      for (let attempt = 1; attempt <= 3; attempt += 1) await archive(id);
      expect(dying.fired).toBe(3);
      await expectOneCopy(harness, await archive(id));
      await harness.cleanup?.();
    });

    it('as a new version over the one before, the process dying before it wrote the metadata', async () => {
      const harness = await boxHarness({ metadata });
      const archive = archiver(harness, 'revision');
      const { id } = source.state.addContract({ title: 'Lease', status: 'EXECUTED', document: { size: small } });
      const first = (await archive(id)).receipts.box;
      source.state.uploadExecutedVersion(id, { document: await contractPdf({ title: 'Lease, second version', parties: ['A', 'B'] }) });
      harness.emulator.faults.inject(stamping);
      await archive(id);
      const second = await archive(id);
      expect(second.receipts.box?.id).toBe(first?.id);
      await expectOneCopy(harness, second);
      await harness.cleanup?.();
    });
  },
);

it('leaves alone a file of other bytes that no upload of the document has made', async () => {
  const harness = await boxHarness();
  const archive = archiver(harness);
  const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size: small } });
  harness.emulator.faults.inject(stamping);
  await archive(id);
  const [stranger] = [...harness.emulator.state.files.values()];
  const { sha1, content } = await harness.emulator.state.writeFile({ folders: [], name: 'Other.pdf' }, Buffer.from('by somebody else'));
  Object.assign(stranger!, { sha1, content });
  const { receipts } = await archive(id);
  expect(receipts.box?.id).not.toBe(stranger?.id);
  expect(stranger?.sha1).toBe(sha1);
  await harness.cleanup?.();
});
