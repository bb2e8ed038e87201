import { archiveContract, createSpotDraftClient, type Ledger, memoryLedger } from '@spotdraft-archive/core';
import { contractPdf, type Fault, type SpotDraftEmulator, startSpotDraftEmulator } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmulatedDropbox, emulatedDropbox } from './emulated-dropbox.ts';

// SpotDraft may give other bytes for each download of the same version, so that a file without its key cannot be known by the bytes of the next attempt.

let source: SpotDraftEmulator;
beforeEach(async () => {
  source = await startSpotDraftEmulator({ rerendersPdf: true });
});
afterEach(() => source.stop());

/** Runs as processes do that share a durable ledger and try each request once. */
function archiver({ restart }: EmulatedDropbox, versions: 'beside' | 'revision' = 'beside') {
  const { url: baseUrl, clientId, clientSecret } = source;
  const spotdraft = createSpotDraftClient({ baseUrl, clientId, clientSecret });
  const ledger: Ledger = { ...memoryLedger(), durable: true };
  return async (id: string) => archiveContract(id, { spotdraft, ledger, versions, destinations: { dropbox: restart({ maxTries: 1 }) } });
}

const files = ({ listPaths }: EmulatedDropbox) => listPaths?.() ?? [];

async function expectOneCopy(store: EmulatedDropbox, { receipts, documents }: Awaited<ReturnType<ReturnType<typeof archiver>>>) {
  const { dropbox: receipt } = receipts;
  expect(receipt?.sha256).toBe(documents[0]?.sha256);
  expect(await files(store)).toHaveLength(1);
  const copy = await store.destination.stat(receipt?.id ?? '');
  expect(copy).toMatchObject({ key: receipt?.key, hash: receipt?.destinationHash, properties: { sha256: receipt?.sha256 } });
}

const small = 20_000;
const large = 600_000;
const sidecar = {
  where: ({ headers }: { headers: Readonly<Record<string, string>> }) => headers['dropbox-api-arg']?.includes('.json"') === true,
};

describe('an app with a folder of its own holds one copy when SpotDraft renders the PDF anew', () => {
  const appFolder = () => emulatedDropbox({ emulator: { access: 'app-folder' }, adapter: { access: 'app-folder' } });

  it.each<[string, number, Fault]>([
    ['the answer to a small upload was lost', small, { kind: 'loseReply', path: /files\/upload$/ }],
    ['the answer to the end of a large upload was lost', large, { kind: 'loseReply', path: /finish$/ }],
    ['the process died between a small upload and its sidecar', small, { kind: 'cutRequest', path: /files\/upload$/, ...sidecar }],
    ['the process died between a large upload and its sidecar', large, { kind: 'cutRequest', path: /files\/upload$/, ...sidecar }],
  ])('after %s', async (_what, size, fault) => {
    const store = await appFolder();
    const archive = archiver(store);
    const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size } });
    store.emulator.faults.inject(fault);
    expect((await archive(id)).failures.dropbox).toMatchObject({ recovery: 'retry' });
    await expectOneCopy(store, await archive(id));
    await store.cleanup();
  });

  it('again and again, a process dying each time before it wrote the sidecar', async () => {
    const store = await appFolder();
    const archive = archiver(store);
    const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size: small } });
    const dying = store.emulator.faults.inject({ kind: 'cutRequest', path: /files\/upload$/, ...sidecar, times: 3 });
    for (let attempt = 1; attempt <= 3; attempt += 1) await archive(id);
    expect(dying.fired).toBe(3);
    await expectOneCopy(store, await archive(id));
    await store.cleanup();
  });

  it.each([small, large])(
    'as a new version of %i bytes over the one before, the process dying before it wrote the sidecar',
    async (size) => {
      const store = await appFolder();
      const archive = archiver(store, 'revision');
      const { id } = source.state.addContract({ title: 'Lease', status: 'EXECUTED', document: { size } });
      const first = (await archive(id)).receipts.dropbox;
      source.state.uploadExecutedVersion(id, { document: await contractPdf({ title: 'Lease, second version', parties: ['A', 'B'] }) });
      store.emulator.faults.inject({ kind: 'cutRequest', path: /files\/upload$/, ...sidecar });
      await archive(id);
      const second = await archive(id);
      expect(second.receipts.dropbox?.id).toBe(first?.id);
      await expectOneCopy(store, second);
      await store.cleanup();
    },
  );
});

describe('an app with properties holds one copy when SpotDraft renders the PDF anew', () => {
  it.each([
    ['small', small],
    ['large', large],
  ])('after a process died that was told that a %s file has uploaded without its properties', async (_size, size) => {
    const store = await emulatedDropbox();
    const archive = archiver(store);
    const { id } = source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document: { size } });
    const { state } = store.emulator;
    store.emulator.onRequest(({ path }, phase) => {
      // Somebody deletes the template that the process has just looked up.
      if (phase === 'before-effect' && /upload$|finish$/.test(path))
        for (const template of state.userTemplates.all) state.removeTemplate(template.id);
    });
    const dying = store.emulator.faults.inject({ kind: 'cutRequest', path: /properties\/add$/ });
    expect((await archive(id)).failures.dropbox).toMatchObject({ recovery: 'retry' });
    expect(dying.fired).toBe(1);
    await expectOneCopy(store, await archive(id));
    await store.cleanup();
  });

  it('after a process died between the bytes and metadata that are too long to go with them', async () => {
    const store = await emulatedDropbox();
    const archive = archiver(store);
    const { id } = source.state.addContract({
      title: '契約書'.repeat(120),
      contractType: '秘密保持契約'.repeat(60),
      status: 'EXECUTED',
      owner: { name: '担当者'.repeat(120), email: 'owner@example.com' },
      document: { size: small },
    });
    const dying = store.emulator.faults.inject({ kind: 'cutRequest', path: /properties\/add$/ });
    await archive(id);
    expect(dying.fired).toBe(1);
    await expectOneCopy(store, await archive(id));
    await store.cleanup();
  });
});
