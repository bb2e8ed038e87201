import { ArchiveError, type Ledger } from '@spotdraft-archive/core';
import { type FaultAction, sha256OfDocument } from '@spotdraft-archive/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArchiveRun, durableLedger, startArchiveRun } from './archive-run.ts';

let run: ArchiveRun;
beforeEach(async () => {
  run = await startArchiveRun();
});
afterEach(() => run[Symbol.asyncDispose]());

const faults: Readonly<Record<string, FaultAction>> = {
  'is answered with 429': { kind: 'status', status: 429, headers: { 'retry-after': '0' } },
  'is answered with 500': { kind: 'status', status: 500 },
  'is answered with 503': { kind: 'status', status: 503 },
  'is cut in the middle of its body': { kind: 'cutRequest', afterBytes: 1_000 },
  'is cut in a body of which Box has read the beginning': { kind: 'cutRequest', afterBytes: 60_000, received: 'kept' },
  'loses its reply': { kind: 'loseReply' },
  'loses half of its reply': { kind: 'cutResponse', afterBytes: 10 },
};

const sizes = { small: undefined, large: { size: 350_000 } };

describe.each(Object.entries(sizes))('whichever request of a %s upload', (_size, document) => {
  it.each(Object.entries(faults))('%s, one file is there after one more run', async (_title, fault) => {
    const requests = await sweep(document, async (nth, { contractId, ledger }) => {
      const injected = run.store.faults.inject({ ...fault, nth });
      const { failures } = await run.archive(contractId, { ledger, retry: { maxTries: 1 } });
      injected.remove();
      const { recovery = 'retry' } = failures.box ?? {};
      expect(recovery).toBe('retry');
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
        const removeHook = run.store.onRequest((_request, phase) => {
          if (phase !== moment) return undefined;
          requests += 1;
          if (requests !== nth) return undefined;
          controller.abort(new Error('killed'));
          return 'cut';
        });
        await run.archive(contractId, { ledger, signal: controller.signal }).catch(() => undefined);
        removeHook();
        return requests >= nth;
      });
      expect(tried).toBeGreaterThan(4);
    },
  );
});

interface Victim {
  readonly contractId: string;
  readonly ledger: Ledger;
}

/** Archives a new contract for each request in turn: disturbed once, then once more by another process with the same ledger. Gives their number. */
async function sweep(
  document: { readonly size: number } | undefined,
  disturb: (nth: number, victim: Victim) => Promise<boolean>,
): Promise<number> {
  for (let nth = 1; nth < 50; nth += 1) {
    const title = `Agreement ${nth}`;
    const { id } = run.source.state.addContract({ title, status: 'EXECUTED', counterparties: [`Party ${nth}`], document });
    const ledger = durableLedger();
    const wasDisturbed = await disturb(nth, { contractId: id, ledger });
    const { receipts, failures } = await run.archive(id, { ledger });
    expect(failures.box, ArchiveError.isInstance(failures.box) ? failures.box.message : '').toBeUndefined();
    await expectOneCopy(id, title, receipts.box?.id);
    expect((await ledger.list(id)).filter(({ receipt }) => receipt !== undefined)).toHaveLength(1);
    if (!wasDisturbed) return nth;
  }
  throw new Error('The upload makes fifty requests.');
}

async function expectOneCopy(contractId: string, title: string, receiptId: string | undefined): Promise<void> {
  const { state } = run.store;
  const copies = [...state.files.values()].filter(({ name, isTrashed }) => name.startsWith(`${title}-`) && !isTrashed);
  const version = run.source.state.get(contractId).versions.at(-1);
  expect(copies.map(({ id }) => id)).toEqual([receiptId]);
  const [copy] = copies;
  expect(await sha256OfDocument({ size: copy!.content.size, open: () => copy!.content.open() })).toBe(
    version && (await sha256OfDocument(await version.openPdf())),
  );
  expect(copy?.metadata.get(`${state.scope}.spotDraftArchive`)?.values).toMatchObject({
    archiveKey: `test/${contractId}/${version?.id}/signed-pdf`,
    contractId,
    title,
  });
}
