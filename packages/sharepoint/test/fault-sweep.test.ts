import {
  ArchiveError,
  archiveContract,
  createSpotDraftClient,
  type Ledger,
  memoryLedger,
  type SpotDraftClient,
} from '@spotdraft-archive/core';
import {
  type FaultAction,
  type MicrosoftGraphEmulator,
  type RecordedRequest,
  type SpotDraftEmulator,
  sha256OfDocument,
  startMicrosoftGraphEmulator,
  startSpotDraftEmulator,
} from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { libraryOn } from './library-harness.ts';

let source: SpotDraftEmulator;
let store: MicrosoftGraphEmulator;
let spotdraft: SpotDraftClient;
beforeEach(async () => {
  [source, store] = await Promise.all([startSpotDraftEmulator({ rateLimit: false }), startMicrosoftGraphEmulator()]);
  const { url: baseUrl, clientId, clientSecret } = source;
  spotdraft = createSpotDraftClient({ baseUrl, source: 'test', clientId, clientSecret, requestsPerSecond: 1_000 });
});
afterEach(() => Promise.all([source.stop(), store.stop()]));

const faults: Readonly<Record<string, FaultAction>> = {
  'is answered with 429': { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
  'is answered with 500': { kind: 'status', status: 500 },
  'is answered with 503': { kind: 'status', status: 503 },
  'is cut in the middle of its body': { kind: 'cutRequest', afterBytes: 1_000 },
  'is cut in a body of which Graph has read the beginning': { kind: 'cutRequest', afterBytes: 60_000, received: 'kept' },
  'loses its reply': { kind: 'loseReply' },
  'loses half of its reply': { kind: 'cutResponse', afterBytes: 10 },
};

/** Whoever loses the address of a session has to wait until it has expired: sessions.test.ts. */
const opensSession = ({ path }: Pick<RecordedRequest, 'path'>) => path.endsWith('/createUploadSession');
const losesAddress = ({ kind }: FaultAction) => kind === 'loseReply' || kind === 'cutResponse';

const sizes = { small: undefined, large: { size: 400_000 } };

describe.each(Object.entries(sizes))('whichever request of a %s upload', (_size, document) => {
  it.each(Object.entries(faults))('%s, one file is there after one more run', async (_title, fault) => {
    const where = losesAddress(fault) ? (request: RecordedRequest) => !opensSession(request) : undefined;
    const requests = await sweep(document, async (nth, { contractId, ledger }) => {
      const injected = store.faults.inject({ ...fault, nth, where });
      const { failures } = await archive(contractId, { ledger });
      injected.remove();
      expect(failures.legal?.recovery ?? 'retry').toBe('retry');
      return injected.fired > 0;
    });
    expect(requests).toBeGreaterThan(4);
  });

  it.each(['before-effect', 'after-effect'] as const)(
    'is the last that the process makes (%s), one file is there after one more run',
    async (moment) => {
      const tried = await sweep(document, async (nth, { contractId, ledger }) => {
        const controller = new AbortController();
        let requests = 0;
        const removeHook = store.onRequest((request, phase) => {
          if (phase !== moment || request.method === 'DELETE' || (moment === 'after-effect' && opensSession(request))) return undefined;
          requests += 1;
          if (requests !== nth) return undefined;
          controller.abort(new Error('killed'));
          return 'cut';
        });
        await archive(contractId, { ledger, signal: controller.signal }).catch(() => undefined);
        removeHook();
        return requests >= nth;
      });
      expect(tried).toBeGreaterThan(4);
    },
  );
});

interface Run {
  readonly ledger: Ledger;
  readonly signal?: AbortSignal | undefined;
}

/** Archives as a process does that was just started: with a new destination. */
function archive(contractId: string, { ledger, signal }: Run) {
  return archiveContract(contractId, { spotdraft, ledger, signal, destinations: { legal: libraryOn(store, { retry: { maxTries: 1 } }) } });
}

interface Victim {
  readonly contractId: string;
  readonly ledger: Ledger;
}

/** Archives a new contract for each request in turn: disturbed once, then once more by another process with the same ledger. Gives their number. */
async function sweep(
  document: { readonly size: number } | undefined,
  disturb: (nth: number, victim: Victim) => Promise<boolean>,
): Promise<number> {
  for (let nth = 1; nth < 60; nth += 1) {
    const title = `Agreement ${nth}`;
    const { id } = source.state.addContract({ title, status: 'EXECUTED', counterparties: [`Party ${nth}`], document });
    const ledger: Ledger = { ...memoryLedger(), durable: true };
    const wasDisturbed = await disturb(nth, { contractId: id, ledger });
    const { receipts, failures } = await archive(id, { ledger });
    expect(failures.legal, ArchiveError.isInstance(failures.legal) ? failures.legal.message : '').toBeUndefined();
    await expectOneCopy(id, title, receipts.legal?.id);
    expect((await ledger.list(id)).filter(({ receipt }) => receipt !== undefined)).toHaveLength(1);
    if (!wasDisturbed) return nth;
  }
  throw new Error('The upload makes sixty requests.');
}

async function expectOneCopy(contractId: string, title: string, receiptId: string | undefined): Promise<void> {
  const copies = store.library.items.filter(({ name }) => name.startsWith(`${title}-`));
  expect(copies.map(({ id }) => id)).toEqual([receiptId]);
  const [copy] = copies;
  const version = source.state.get(contractId).versions.at(-1);
  const { bytes } = copy!.content!;
  expect(await sha256OfDocument({ size: bytes.size, open: () => bytes.open() })).toBe(
    version && (await sha256OfDocument(await version.openPdf())),
  );
  expect(Object.fromEntries(copy!.fields)).toMatchObject({
    ArchiveKey: `test/${contractId}/${version?.id}/signed-pdf`,
    ArchiveContractId: contractId,
    ArchiveTitle: title,
  });
  expect(store.state.sessions.open).toEqual([]);
}
