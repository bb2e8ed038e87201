import { archiveContract, createSpotDraftClient, type Ledger, memoryLedger, type SpotDraftClient } from '@spotdraft-archive/core';
import {
  type Fault,
  type MicrosoftGraphEmulator,
  type SpotDraftEmulator,
  startMicrosoftGraphEmulator,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SharePointOptions } from '../src/index.ts';
import { emulatedTime, libraryOn } from './library-harness.ts';

let source: SpotDraftEmulator;
let store: MicrosoftGraphEmulator;
let spotdraft: SpotDraftClient;
beforeEach(async () => {
  [source, store] = await Promise.all([
    startSpotDraftEmulator(),
    startMicrosoftGraphEmulator({ behaviour: { enrichment: 'before-answer' } }),
  ]);
  spotdraft = clientOf(source);
});
afterEach(() => Promise.all([source.stop(), store.stop()]));

const minutes = 60_000;

function clientOf({ url: baseUrl, clientId, clientSecret }: SpotDraftEmulator): SpotDraftClient {
  return createSpotDraftClient({ baseUrl, clientId, clientSecret });
}

function durableLedger(): Ledger {
  return { ...memoryLedger(), durable: true };
}

/** Archives as a process does that was just started. */
async function archive(id: string, ledger: Ledger, options: Partial<SharePointOptions> = {}) {
  const legal = libraryOn(store, { clock: emulatedTime(store), retry: { maxTries: 1 }, ...options });
  const { receipts, failures } = await archiveContract(id, { spotdraft, ledger, destinations: { legal } });
  return { receipt: receipts.legal, failure: failures.legal };
}

function addContract(document?: { readonly size: number }) {
  return source.state.addContract({ title: 'Mutual NDA', status: 'EXECUTED', document }).id;
}

const files = () => store.library.items.filter(({ content }) => content !== undefined);
const sizes = { small: undefined, large: { size: 700_000 } };
const loseLastReply = { small: { method: 'PUT', path: /content$/ }, large: { origin: 'uploads', method: 'PUT', nth: 3 } };

describe.each([
  ['small', 5 * minutes],
  ['large', 5 * minutes],
  ['large', 8 * 24 * 60 * minutes],
] as const)('a %s PDF that SharePoint has rewritten, the answer to its upload lost', (size, afterMs) => {
  it(`is known by the process that comes ${afterMs / minutes} minutes later, and reported with both hashes: no second copy`, async () => {
    const id = addContract(sizes[size]);
    const ledger = durableLedger();
    store.faults.inject({ kind: 'loseReply', ...loseLastReply[size] });
    expect((await archive(id, ledger)).failure).toMatchObject({ recovery: 'retry' });
    store.clock.advance(afterMs);
    const { receipt } = await archive(id, ledger);
    expect(receipt).toMatchObject({
      outcome: 'altered-by-destination',
      id: files()[0]?.id,
      destinationHash: files()[0]?.content?.quickXorHash,
    });
    expect(receipt?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(files()).toHaveLength(1);
    expect(files()[0]?.fields.get('ArchiveContractId')).toBe(id);
  });
});

describe('a file without a key, of other bytes, at the path of an upload whose answer was lost', () => {
  /** An upload that breaks off on its way, and somebody's PDF at its path. */
  async function strangerAtThePath(makeFile: (path: string) => Promise<unknown>) {
    const id = addContract();
    const ledger = durableLedger();
    let path = '';
    store.onRequest((request, phase) => {
      if (path !== '' || phase !== 'before-effect' || request.method !== 'PUT') return undefined;
      ({ path } = request);
      return 'cut';
    });
    await archive(id, ledger);
    await makeFile(path);
    return { id, ledger };
  }

  async function putAs(token: string, path: string): Promise<void> {
    const answer = await fetch(store.url + path, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: '%PDF-1.7 of somebody else',
    });
    expect(answer.status).toBe(201);
  }

  it('is left alone for two minutes, in which its uploader may write the key, and then taken for that upload', async () => {
    const { id, ledger } = await strangerAtThePath((path) => putAs(store.accessToken, path));
    const { failure } = await archive(id, ledger);
    expect(failure).toMatchObject({ code: 'destination.unavailable', recovery: 'retry' });
    expect(failure?.retryAfterMs).toBeGreaterThan(100_000);
    store.clock.advance(failure?.retryAfterMs ?? 0);
    expect((await archive(id, ledger)).receipt).toMatchObject({ id: files()[0]?.id, outcome: 'altered-by-destination' });
  });

  it.each([
    [
      'another upload has written its key by then',
      (file: ReturnType<typeof files>[number]) => file.fields.set('ArchiveKey', 'us/T-1/1/signed-pdf'),
    ],
    [
      'it was there long before',
      (file: ReturnType<typeof files>[number]) => Object.assign(file, { createdAt: file.createdAt - 10 * minutes }),
    ],
    ['it came long after', (file: ReturnType<typeof files>[number]) => Object.assign(file, { createdAt: file.createdAt + 30 * minutes })],
  ])('belongs to somebody else when %s: ours goes beside it', async (_when, change) => {
    const { id, ledger } = await strangerAtThePath((path) => putAs(store.accessToken, path));
    store.clock.advance(60 * minutes);
    change(files()[0]!);
    const { receipt } = await archive(id, ledger);
    expect(receipt?.id).toBe(files()[1]?.id);
    expect(files()).toHaveLength(2);
  });

  it('belongs to somebody else when another app has made it', async () => {
    const other = store.directory.addApp({ tenantId: store.tenantId });
    const { tenantId, app } = store;
    const { id, ledger } = await strangerAtThePath((path) =>
      putAs(store.directory.issueToken({ app: other, scopes: other.permissions }), path),
    );
    store.clock.advance(5 * minutes);
    const auth = { tenantId, clientId: app.clientId, clientSecret: app.clientSecret };
    expect((await archive(id, ledger, { auth })).receipt?.id).toBe(files()[1]?.id);
  });
});

describe.each(['never', 'before-answer'] as const)('when SharePoint rewrites files %s and SpotDraft renders the PDF anew', (enrichment) => {
  it.each<[string, Fault]>([
    ['the answer to the upload was lost', { kind: 'loseReply', method: 'PUT' }],
    ['the process died before it wrote the key', { kind: 'cutRequest', method: 'PATCH' }],
  ])('the next process writes over the file that is there, since %s', async (_since, fault) => {
    await source.stop();
    source = await startSpotDraftEmulator({ rerendersPdf: true });
    spotdraft = clientOf(source);
    store.behaviour.enrichment = enrichment;
    const id = addContract();
    const ledger = durableLedger();
    store.faults.inject(fault);
    await archive(id, ledger);
    const [stored] = files();
    const hashBefore = stored?.content?.quickXorHash;
    store.clock.advance(5 * minutes);
    const { receipt } = await archive(id, ledger);
    expect(files()).toEqual([stored]);
    expect(receipt).toMatchObject({ id: stored?.id, destinationHash: stored?.content?.quickXorHash });
    expect(receipt?.destinationHash).not.toBe(hashBefore);
  });
});

it('takes another name when the answer to opening an upload session is lost, instead of waiting for days', async () => {
  const id = addContract(sizes.large);
  const ledger = durableLedger();
  store.behaviour.enrichment = 'never';
  store.behaviour.sessionsMakeFolders = true;
  store.faults.inject({ kind: 'loseReply', path: /createUploadSession$/ });
  expect((await archive(id, ledger)).failure).toMatchObject({ code: 'destination.unavailable' });
  expect((await archive(id, ledger)).receipt).toMatchObject({ id: files()[0]?.id, outcome: 'stored' });
  expect(files()).toHaveLength(1);
});
